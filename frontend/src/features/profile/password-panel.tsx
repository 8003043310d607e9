import type { FormEvent } from "react";
import { useChangePassword } from "@/api/session";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";
import { Panel } from "@/ui/panel";
import { tell } from "@/ui/toast";

const FIELDS = ["current_password", "new_password"] as const;

export function PasswordPanel() {
  const t = useT();
  const change = useChangePassword();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name));
    change.mutate(
      { current_password: text("current_password"), new_password: text("new_password") },
      {
        onSuccess: () => {
          tell(t("password.changed"));
          form.reset();
        },
      },
    );
  };
  return (
    <Panel title={t("password.title")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={change.error} fields={FIELDS} />
        <TextField
          label={t("password.current")}
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
          error={faultOf(change.error, "current_password")}
        />
        <TextField
          label={t("password.new")}
          name="new_password"
          type="password"
          autoComplete="new-password"
          required
          hint={t("password.others")}
          error={faultOf(change.error, "new_password")}
        />
        <Button type="submit" className="self-start px-3" disabled={change.isPending}>
          {t("password.change")}
        </Button>
      </form>
    </Panel>
  );
}
