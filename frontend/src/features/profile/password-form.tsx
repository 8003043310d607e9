import type { FormEvent } from "react";
import { useChangePassword } from "@/api/session";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";
import { tell } from "@/ui/toast";

const FIELDS = ["current_password", "new_password"] as const;

export function PasswordForm() {
  const t = useT();
  const change = useChangePassword();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const body = {
      current_password: String(values.get("current_password")),
      new_password: String(values.get("new_password")),
    };
    change.mutate(body, {
      onSuccess: () => {
        form.reset();
        tell(t("profile.password.changed"));
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem error={change.error} fields={FIELDS} />
      <TextField
        label={t("profile.password.current")}
        name="current_password"
        type="password"
        autoComplete="current-password"
        required
        error={faultOf(change.error, "current_password")}
      />
      <TextField
        label={t("profile.password.new")}
        name="new_password"
        type="password"
        autoComplete="new-password"
        required
        hint={t("password.hint")}
        error={faultOf(change.error, "new_password")}
      />
      <div>
        <Button type="submit" look="primary" disabled={change.isPending}>
          {t("profile.password.change")}
        </Button>
      </div>
    </form>
  );
}
