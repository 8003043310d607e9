import { Link } from "@tanstack/react-router";
import type { Dashboard, Incident } from "@/api/types";
import { useT } from "@/i18n";
import { useIncidentTitle } from "@/ui/incident-title";
import { Panel } from "@/ui/panel";
import { IncidentStateMark, SeverityMark } from "@/ui/severity";
import { StatusMark } from "@/ui/status-mark";
import { Lasting } from "@/ui/time";

export function OpenIncidents({
  incidents,
  total,
}: {
  incidents: Incident[];
  total: Dashboard["incidents"];
}) {
  const t = useT();
  const running = incidents.filter((one) => one.state !== "resolved");
  const counts = (
    <span className="flex gap-3 text-sm">
      <Link
        to="/incidents"
        search={{ severity: ["critical"] }}
        className="text-muted hover:text-text"
      >
        {t("overview.critical", { count: total.critical })}
      </Link>
      <Link to="/incidents" search={{ state: ["open"] }} className="text-muted hover:text-text">
        {t("overview.unacknowledged", { count: total.open })}
      </Link>
      <Link to="/incidents" className="text-accent hover:underline">
        {t("action.all")}
      </Link>
    </span>
  );
  return (
    <Panel title={t("overview.problems")} aside={counts} flush>
      {running.length === 0 ? (
        <p className="flex items-center gap-2 p-3 text-muted">
          <StatusMark status="up" label={false} /> {t("incidents.none")}
        </p>
      ) : (
        <ul>
          {running.map((incident) => (
            <li key={incident.id} className="border-b border-line last:border-0">
              <Row incident={incident} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ incident }: { incident: Incident }) {
  const t = useT();
  const title = useIncidentTitle();
  return (
    <Link
      to="/incidents/$id"
      params={{ id: incident.id }}
      className="grid grid-cols-[104px_minmax(0,1fr)_auto_80px] items-center gap-3 px-3 py-2 text-sm hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto]"
    >
      <span className="max-md:hidden">
        <SeverityMark severity={incident.severity} />
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{title(incident)}</span>
        <span className="block truncate text-xs text-muted">
          {[incident.region?.name, incident.branch?.name].filter(Boolean).join(" · ")}
          {" · "}
          {t("incident.subjects_down", {
            down: incident.subjects_down,
            count: incident.subject_count,
          })}
        </span>
      </span>
      <span className="max-md:hidden">
        <IncidentStateMark state={incident.state} />
      </span>
      <Lasting since={incident.opened_at} className="text-right text-muted" />
    </Link>
  );
}
