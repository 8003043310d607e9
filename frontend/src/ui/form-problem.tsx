import { CircleAlert } from "lucide-react";
import { Problem } from "@/api/client";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";

/** What went wrong in words: the server's, or ours when it was not reached. */
export function toldBy(error: unknown, t: Translate): string {
  if (!(error instanceof Problem)) {
    return t("error.unexpected");
  }
  if (error.status === 0) {
    return t("error.offline");
  }
  if (error.code === "invalid_credentials") {
    return t("login.wrong");
  }
  if (error.status === 429) {
    return t("error.too_many", { seconds: error.retryAfter });
  }
  if (error.status === 412) {
    return t("error.outdated");
  }
  return error.detail || t("error.status", { status: error.status });
}

export const faultOf = (error: unknown, field: string) =>
  error instanceof Problem ? error.errors.find((fault) => fault.field === field) : undefined;

/** The refusal of a form: in general, as the fields say their own faults themselves. */
export function FormProblem({
  error,
  fields = [],
}: {
  error: unknown;
  fields?: readonly string[];
}) {
  const t = useT();
  if (!error) {
    return null;
  }
  const here = error instanceof Problem && error.errors.some((f) => fields.includes(f.field));
  const rest =
    error instanceof Problem ? error.errors.filter((f) => !fields.includes(f.field)) : [];
  return (
    <div role="alert" className="flex gap-2 rounded-md border border-down p-2 text-sm text-down">
      <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />
      <div>
        <p>{here ? t("error.fields") : toldBy(error, t)}</p>
        {rest.map((fault) => (
          <p key={fault.field}>
            {fault.field}: {fault.message} {fault.hint}
          </p>
        ))}
      </div>
    </div>
  );
}
