import { Link } from "@tanstack/react-router";
import type { IncidentDetail } from "@/api/types";
import { useT } from "@/i18n";

/** In words: what failed, where, and how many stand behind it. */
export function Cause({ incident }: { incident: IncidentDetail }) {
  const t = useT();
  const { cause, branch, kind } = incident;
  const values = {
    name: cause?.name ?? incident.title,
    branch: branch?.name ?? "",
    count: incident.subject_count,
    down: incident.subjects_down,
  };
  return (
    <p className="max-w-3xl text-lg">
      {t(`incident.cause.${kind}`, values)}{" "}
      <span className="text-muted">
        {incident.state === "resolved"
          ? t("incident.over", { count: incident.subject_count })
          : t("incident.still", { down: incident.subjects_down, count: incident.subject_count })}
      </span>{" "}
      <CauseLink incident={incident} />
    </p>
  );
}

const LINK = "text-accent hover:underline";

function CauseLink({ incident }: { incident: IncidentDetail }) {
  const { cause } = incident;
  if (!cause || cause.id === null) {
    return null;
  }
  const params = { id: cause.id };
  if (cause.kind === "branch") {
    return (
      <Link to="/branches/$id" params={params} className={LINK}>
        {cause.name}
      </Link>
    );
  }
  return (
    <Link
      to={cause.kind === "link" ? "/links/$id" : "/devices/$id"}
      params={params}
      className={LINK}
    >
      {cause.name}
    </Link>
  );
}
