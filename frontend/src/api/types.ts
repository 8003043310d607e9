export const STATUSES = [
  "down",
  "unreachable",
  "flapping",
  "unknown",
  "stale",
  "maintenance",
  "paused",
  "up",
] as const;
export type Status = (typeof STATUSES)[number];
export const DEVICE_TYPES = [
  "router",
  "switch",
  "core_router",
  "access_point",
  "atm",
  "payment_terminal",
  "video_recorder",
  "access_controller",
  "ups",
  "server",
  "other",
] as const;
export type DeviceType = (typeof DEVICE_TYPES)[number];
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];
export const INCIDENT_STATES = ["open", "acknowledged", "resolved"] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];
export const ROLES = ["viewer", "operator", "manager", "admin"] as const;
export type Role = (typeof ROLES)[number];
export type Language = "en" | "ka";
export type Theme = "system" | "light" | "dark";

export interface Named {
  id: number;
  name: string;
}
export interface Page<T> {
  items: T[];
  total: number;
  skip: number;
  limit: number;
  has_more: boolean;
}
export type Counts = { all: number } & Record<Status, number>;

export interface AuthState {
  setup_required: boolean;
  version: string;
  authenticated: boolean;
}
export interface Me {
  id: number;
  username: string;
  display_name: string;
  role: Role;
  language: Language;
  theme: Theme;
  time_zone: string;
}
export interface User {
  id: number;
  username: string;
  display_name: string;
  role: Role;
  disabled: boolean;
  created_at: string;
  last_login_at: string | null;
}
export interface Token {
  id: number;
  name: string;
  role: Role;
  prefix: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

/** What every watched target shows, device or link. */
export interface Shown {
  status: Status;
  status_since: string | null;
  down_since: string | null;
  last_checked_at: string | null;
  rtt_ms: number | null;
  loss_ratio: number | null;
  reason: string;
  flapping: boolean;
}
export interface Device extends Shown {
  id: number;
  name: string;
  ip: string;
  type: DeviceType;
  vendor: string;
  model: string;
  serial: string;
  enabled: boolean;
  tags: string[];
  custom: Record<string, unknown>;
  notes: string;
  parent: Named | null;
  branch: Named | null;
  region: Named | null;
  site: Named;
  profile: Named | null;
  in_maintenance: boolean;
  created_at: string;
  updated_at: string;
  version: number;
}
export interface DeviceBody {
  name: string;
  ip: string;
  type: DeviceType;
  vendor?: string;
  model?: string;
  serial?: string;
  enabled?: boolean;
  tags?: string[];
  notes?: string;
  branch_id?: number | null;
  profile_id?: number | null;
}
export interface FacetValue {
  value: string;
  count: number;
}
export interface Facets {
  status: FacetValue[];
  type: FacetValue[];
  vendor: FacetValue[];
  region: (Named & { count: number })[];
}
export interface Branch extends Named {
  code: string;
  region: Named;
  city: string;
  address: string;
  contact: string;
  device_count: number;
  status_counts: Counts;
}
export interface Link extends Named, Shown {
  branch: Named;
  provider: Named;
  role: "primary" | "backup";
  probe_address: string;
  source_address: string | null;
  site: Named;
  profile: Named | null;
  enabled: boolean;
  circuit_id: string;
  bandwidth_mbps: number | null;
}
export interface ImportRow {
  row: number;
  action: "create" | "update" | "unchanged" | "error";
  name: string;
  ip: string;
  errors: FieldError[];
}
export interface ImportReport {
  dry_run: boolean;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  applied: boolean;
  rows: ImportRow[];
}
export interface FieldError {
  field: string;
  message: string;
  hint: string;
}
export interface HistoryPoint {
  t: string;
  sent: number;
  lost: number;
  rtt_min_ms: number | null;
  rtt_avg_ms: number | null;
  rtt_max_ms: number | null;
  jitter_ms: number | null;
}
export interface Interval {
  state: Status;
  from: string;
  to: string | null;
  reason: string;
}
export interface History {
  from: string;
  to: string;
  resolution_s: number;
  points: HistoryPoint[];
  intervals: Interval[];
}
export interface StatusEvent {
  id: number;
  at: string;
  from_state: Status;
  to_state: Status;
  reason: string;
}
export interface Incident {
  id: number;
  title: string;
  kind: "device_down" | "branch_down" | "link_down" | "system";
  severity: Severity;
  state: IncidentState;
  opened_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  resolved_at: string | null;
  last_change_at: string;
  cause: { kind: "device" | "branch" | "link"; id: number | null; name: string } | null;
  branch: Named | null;
  region: Named | null;
  subject_count: number;
  subjects_down: number;
  alert_count: number;
}
export interface Subject {
  id: number;
  kind: "device" | "link";
  name: string;
  ip: string | null;
  type: string | null;
  status: Status | null;
  down_at: string;
  recovered_at: string | null;
}
export interface TimelineEntry {
  id: number;
  at: string;
  kind: string;
  actor: string | null;
  text: string | null;
  data: Record<string, unknown>;
}
export type IncidentDetail = Incident & { subjects: Subject[]; timeline: TimelineEntry[] };

export interface Dashboard {
  generated_at: string;
  totals: Counts;
  links: Counts;
  availability: { today: number | null; d7: number | null; d30: number | null };
  incidents: { open: number; acknowledged: number; critical: number };
  by_region: (Named & { counts: Counts })[];
  by_type: { type: DeviceType; counts: Counts }[];
  branches: (Named & { region_id: number; counts: Counts })[];
  providers: (Named & { counts: Counts })[];
  top_incidents: Incident[];
  recent_events: (StatusEvent & {
    target: Named & { kind: "device" | "link"; branch: Named | null };
  })[];
}
export interface Wall {
  generated_at: string;
  cursor: string;
  regions: Named[];
  branches: (Named & { region_id: number })[];
  devices: {
    id: number[];
    name: string[];
    ip: string[];
    type: string[];
    branch_id: (number | null)[];
    status: Status[];
    status_since: (number | null)[];
    down_since: (number | null)[];
    last_checked_at: (number | null)[];
    rtt_ms: (number | null)[];
  };
}
export interface Found {
  devices: (Named & { ip: string; type: string; status: Status; branch: string | null })[];
  branches: (Named & { region: string })[];
  incidents: { id: number; title: string; state: IncidentState; severity: Severity }[];
  links: (Named & { probe_address: string; status: Status })[];
}
export interface Health {
  status: "healthy" | "degraded" | "unhealthy";
  version: string;
  timestamp: string;
  components?: Record<string, { status: string; latency_ms: number | null; detail: string }>;
}
export interface TargetChange {
  id: number;
  kind: "device" | "link";
  name: string;
  branch_id: number | null;
  status: Status;
  since: string | null;
  down_since: string | null;
  reason: string;
  flapping: boolean;
  rtt_ms: number | null;
}
