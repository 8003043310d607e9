import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useSetup } from "@/api/session";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";
import { EntryFrame } from "./frame";

const route = getRouteApi("/setup");
const FIELDS = ["token", "username", "password"] as const;

/** Makes the first administrator with the one-time token of the start. */
export function SetupPage() {
  const t = useT();
  const router = useRouter();
  const { token } = route.useSearch();
  const setup = useSetup();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    setup.mutate(
      { token: text("token"), username: text("username"), password: text("password") },
      { onSuccess: () => router.history.push("/") },
    );
  };
  return (
    <EntryFrame title={t("setup.title")} text={t("setup.text")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={setup.error} fields={FIELDS} />
        <TextField
          label={t("setup.token")}
          name="token"
          defaultValue={token}
          autoComplete="off"
          required
          hint={t("setup.token.hint")}
          error={faultOf(setup.error, "token")}
        />
        <TextField
          label={t("login.username")}
          name="username"
          autoComplete="username"
          required
          error={faultOf(setup.error, "username")}
        />
        <TextField
          label={t("login.password")}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint={t("password.hint")}
          error={faultOf(setup.error, "password")}
        />
        <Button type="submit" look="primary" disabled={setup.isPending}>
          {t("setup.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}
