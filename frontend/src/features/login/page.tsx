import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Navigate, useRouter } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { authQuery, useLogin } from "@/api/session";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { FormProblem } from "@/ui/form-problem";
import { EntryFrame } from "./frame";

const route = getRouteApi("/login");

/** Only places of our own: `//elsewhere` is another host. */
const inside = (path: string | undefined) =>
  path && /^\/(?![/\\])/.test(path) && !path.startsWith("/login") ? path : "/";

export function LoginPage() {
  const t = useT();
  const router = useRouter();
  const search = route.useSearch();
  const login = useLogin();
  const state = useQuery(authQuery).data;
  if (state?.setup_required) {
    return <Navigate to="/setup" search={{ token: undefined }} />;
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { username: String(form.get("username")), password: String(form.get("password")) };
    login.mutate(body, { onSuccess: () => router.history.push(inside(search.return)) });
  };
  return (
    <EntryFrame title={t("login.title")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormProblem error={login.error} />
        <TextField
          label={t("login.username")}
          name="username"
          autoComplete="username"
          required
          autoFocus
        />
        <TextField
          label={t("login.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="primary" disabled={login.isPending}>
          {t("login.submit")}
        </Button>
      </form>
    </EntryFrame>
  );
}
