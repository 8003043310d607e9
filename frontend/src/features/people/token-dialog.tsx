import type { FormEvent } from "react";
import { useCreateToken } from "@/api/people";
import type { Role } from "@/api/types";
import { ROLES } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { SelectField, TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";
import { tell } from "@/ui/toast";

/** Makes a token; its secret is shown this once. */
export default function TokenDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const create = useCreateToken();
  const made = create.data;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ name: String(form.get("name")).trim(), role: form.get("role") as Role });
  };
  const copy = (secret: string) =>
    void navigator.clipboard?.writeText(secret).then(() => tell(t("tokens.copied")));
  if (made) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={made.name}
        footer={<Button onClick={onClose}>{t("action.close")}</Button>}
      >
        <p className="mb-3">{t("tokens.once")}</p>
        <code className="block rounded-md bg-sunken p-3 font-mono text-sm break-all select-all">
          {made.token}
        </code>
        <Button look="primary" className="mt-3" onClick={() => copy(made.token)}>
          {t("tokens.copy")}
        </Button>
      </Dialog>
    );
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button type="submit" form="token" look="primary" disabled={create.isPending}>
        {t("tokens.create")}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={t("tokens.add")} footer={footer}>
      <form id="token" onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={create.error} fields={["name", "role"]} />
        <TextField
          label={t("tokens.name")}
          name="name"
          required
          hint={t("tokens.name.hint")}
          error={faultOf(create.error, "name")}
        />
        <SelectField
          label={t("users.role")}
          name="role"
          defaultValue="viewer"
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          error={faultOf(create.error, "role")}
        />
      </form>
    </Dialog>
  );
}
