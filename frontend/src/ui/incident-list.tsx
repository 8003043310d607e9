import { Link } from "@tanstack/react-router";
import type { Incident } from "@/api/types";
import { useIncidentTitle } from "./incident-title";
import { IncidentStateMark, SeverityMark } from "./severity";
import { Ago, Lasting } from "./time";

/** Incidents in the narrow column of another page. */
export function IncidentList({ incidents, none }: { incidents: Incident[]; none: string }) {
  const title = useIncidentTitle();
  if (incidents.length === 0) {
    return <p className="p-3 text-muted">{none}</p>;
  }
  return (
    <ul className="max-h-96 overflow-y-auto">
      {incidents.map((incident) => (
        <li key={incident.id} className="border-b border-line last:border-0">
          <Link
            to="/incidents/$id"
            params={{ id: incident.id }}
            className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-2 px-3 py-2 text-sm hover:bg-hover"
          >
            <SeverityMark severity={incident.severity} label={false} />
            <span className="min-w-0">
              <span className="block truncate">{title(incident)}</span>
              <span className="block truncate text-xs text-muted">
                <Ago time={incident.opened_at} /> ·{" "}
                <Lasting since={incident.opened_at} until={incident.resolved_at} />
              </span>
            </span>
            <IncidentStateMark state={incident.state} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
