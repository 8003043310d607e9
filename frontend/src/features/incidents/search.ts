import type { IncidentState, Severity } from "@/api/types";
import { INCIDENT_STATES, SEVERITIES } from "@/api/types";
import { listOf, textOf } from "@/app/search";

export interface IncidentSearch {
  q?: string | undefined;
  state?: (IncidentState | "all")[] | undefined;
  severity?: Severity[] | undefined;
  branch_id?: string | undefined;
  region_id?: string | undefined;
  sort?: string | undefined;
}

export const incidentSearch = (search: Record<string, unknown>): IncidentSearch => ({
  q: textOf(search.q),
  state: listOf(search.state, [...INCIDENT_STATES, "all"]),
  severity: listOf(search.severity, SEVERITIES),
  branch_id: textOf(search.branch_id),
  region_id: textOf(search.region_id),
  sort: textOf(search.sort),
});
