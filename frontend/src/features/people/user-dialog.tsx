import type { FormEvent } from "react";
import type { UserBody } from "@/api/people";
import { useSaveUser } from "@/api/people";
import type { Role, User } from "@/api/types";
import { ROLES } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { CheckField, SelectField, TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";

const FIELDS = ["username", "display_name", "role", "password"] as const;

function bodyOf(form: FormData, isNew: boolean): UserBody {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const password = String(form.get("password") ?? "");
  return {
    display_name: text("display_name"),
    role: text("role") as Role,
    ...(password ? { password } : {}),
    ...(isNew ? { username: text("username") } : { disabled: form.get("disabled") === "on" }),
  };
}

export default function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  const t = useT();
  const save = useSaveUser(user?.id ?? null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(bodyOf(new FormData(event.currentTarget), user === null), { onSuccess: onClose });
  };
  const fault = (field: (typeof FIELDS)[number]) => faultOf(save.error, field);
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button type="submit" form="user" look="primary" disabled={save.isPending}>
        {t("action.save")}
      </Button>
    </>
  );
  const title = user ? t("users.edit", { name: user.username }) : t("users.add");
  return (
    <Dialog open onClose={onClose} title={title} footer={footer}>
      <form id="user" onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <FormProblem error={save.error} fields={FIELDS} />
        {user ? null : (
          <TextField
            label={t("login.username")}
            name="username"
            autoComplete="off"
            required
            error={fault("username")}
          />
        )}
        <TextField
          label={t("profile.name")}
          name="display_name"
          autoComplete="off"
          defaultValue={user?.display_name}
          error={fault("display_name")}
        />
        <SelectField
          label={t("users.role")}
          name="role"
          defaultValue={user?.role ?? "viewer"}
          hint={t("users.role.hint")}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          error={fault("role")}
        />
        <TextField
          label={user ? t("users.password.reset") : t("login.password")}
          name="password"
          type="password"
          autoComplete="new-password"
          required={user === null}
          hint={user ? t("users.password.hint") : t("password.hint")}
          error={fault("password")}
        />
        {user ? (
          <CheckField label={t("users.disable")} name="disabled" defaultChecked={user.disabled} />
        ) : null}
      </form>
    </Dialog>
  );
}
