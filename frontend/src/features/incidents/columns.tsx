import { Link } from "@tanstack/react-router";
import type { Incident } from "@/api/types";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { useIncidentTitle } from "@/ui/incident-title";
import { IncidentStateMark, SeverityMark } from "@/ui/severity";
import type { Column } from "@/ui/table/columns";
import { Ago, Lasting } from "@/ui/time";

export function incidentColumns(t: Translate): Column<Incident>[] {
  return [
    {
      id: "severity",
      label: t("incident.severity"),
      width: "112px",
      sort: "severity",
      cell: (row) => <SeverityMark severity={row.severity} />,
    },
    {
      id: "title",
      label: t("incident.title"),
      width: "minmax(240px, 3fr)",
      cell: (row) => <Title row={row} />,
    },
    {
      id: "state",
      label: t("incident.state"),
      width: "128px",
      sort: "state",
      cell: (row) => <IncidentStateMark state={row.state} />,
    },
    {
      id: "branch",
      label: t("device.branch"),
      width: "minmax(120px, 1fr)",
      cell: (row) => row.branch?.name ?? "–",
    },
    {
      id: "region",
      label: t("device.region"),
      width: "minmax(120px, 1fr)",
      cell: (row) => row.region?.name ?? "–",
    },
    {
      id: "subjects",
      label: t("incident.affected"),
      width: "96px",
      right: true,
      cell: (row) => <Affected row={row} />,
    },
    {
      id: "lasting",
      label: t("incident.lasting"),
      width: "104px",
      right: true,
      cell: (row) => <Lasting since={row.opened_at} until={row.resolved_at} />,
    },
    {
      id: "opened",
      label: t("incident.opened"),
      width: "128px",
      sort: "opened_at",
      right: true,
      cell: (row) => <Ago time={row.opened_at} className="text-muted" />,
    },
  ];
}

function Title({ row }: { row: Incident }) {
  const title = useIncidentTitle()(row);
  return (
    <Link
      to="/incidents/$id"
      params={{ id: row.id }}
      className="font-medium hover:underline"
      title={title}
    >
      {title}
    </Link>
  );
}

function Affected({ row }: { row: Incident }) {
  return (
    <>
      <span className={row.subjects_down ? "font-medium text-down" : "text-muted"}>
        {row.subjects_down}
      </span>
      <span className="text-muted"> / {row.subject_count}</span>
    </>
  );
}

export function CompactIncident({ row }: { row: Incident }) {
  const t = useT();
  return (
    <span className="flex flex-col">
      <span className="flex items-center gap-2">
        <SeverityMark severity={row.severity} label={false} />
        <span className="min-w-0 flex-1 truncate">
          <Title row={row} />
        </span>
        <Lasting since={row.opened_at} until={row.resolved_at} className="text-sm" />
      </span>
      <span className="truncate pl-5 text-xs text-muted">
        {[
          t(`severity.${row.severity}`),
          t(`incident.state.${row.state}`),
          row.branch?.name,
          `${row.subjects_down}/${row.subject_count}`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </span>
  );
}
