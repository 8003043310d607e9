import type { Incident } from "@/api/types";
import { useT } from "@/i18n";

/** What failed, in the language of the user; the server's own words where it is about itself. */
export function useIncidentTitle(): (
  incident: Pick<Incident, "kind" | "cause" | "title">,
) => string {
  const t = useT();
  return ({ kind, cause, title }) =>
    cause && kind !== "system" ? t(`incident.title.${kind}`, { name: cause.name }) : title;
}
