import type { IncidentKind, IncidentQuery, IncidentState, Severity } from "@/api/types";
import { INCIDENT_KINDS, INCIDENT_STATES, SEVERITIES } from "@/api/types";
import { idOf, listOf, textOf } from "@/app/search";

export const INBOXES = ["running", ...INCIDENT_STATES, "all"] as const;
export type Inbox = (typeof INBOXES)[number];

export interface IncidentSearch {
  q?: string | undefined;
  /** Left out: what is not resolved. */
  state?: Inbox[] | undefined;
  severity?: Severity[] | undefined;
  kind?: IncidentKind | undefined;
  branch_id?: string | undefined;
  region_id?: string | undefined;
  sort?: string | undefined;
}

export const incidentSearch = (search: Record<string, unknown>): IncidentSearch => ({
  q: textOf(search.q),
  state: listOf(search.state, INBOXES),
  severity: listOf(search.severity, SEVERITIES),
  kind: listOf(search.kind, INCIDENT_KINDS)?.[0],
  branch_id: textOf(search.branch_id),
  region_id: textOf(search.region_id),
  sort: textOf(search.sort),
});

const STATES: Record<Inbox, IncidentState[] | undefined> = {
  running: ["open", "acknowledged"],
  open: ["open"],
  acknowledged: ["acknowledged"],
  resolved: ["resolved"],
  all: undefined,
};

export const inboxOf = (search: IncidentSearch): Inbox => search.state?.[0] ?? "running";

/** What the server is asked for; the newest first unless sorted otherwise. */
export function incidentQuery(search: IncidentSearch): IncidentQuery {
  const { q, severity, kind, branch_id, region_id } = search;
  const state = STATES[inboxOf(search)];
  const sort = search.sort ?? "-opened_at";
  const place = { branch_id: idOf(branch_id), region_id: idOf(region_id) };
  return { q, severity, kind, ...place, state, sort };
}
