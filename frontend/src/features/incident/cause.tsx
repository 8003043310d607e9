import type { IncidentDetail } from "@/api/types";
import { useT } from "@/i18n";

/** In words: what failed, where, and how many stand behind it. */
export function Cause({ incident }: { incident: IncidentDetail }) {
  const t = useT();
  const { cause, kind } = incident;
  const count = incident.subject_count;
  return (
    <p className="max-w-4xl text-lg">
      {t(`incident.cause.${kind}`, { name: cause?.name ?? incident.title })}{" "}
      <span className="text-muted">
        {incident.state === "resolved"
          ? t("incident.over", { count })
          : t("incident.still", { down: incident.subjects_down, count })}
      </span>
    </p>
  );
}
