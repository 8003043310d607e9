import type { components, paths } from "./schema";

type Schemas = components["schemas"];
/** A shape of the server, with words where it promises no more than text. */
type Worded<Shape, Words> = Omit<Shape, keyof Words> & Words;
type QueryOf<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? NonNullable<Query>
  : never;

export const STATUSES = [
  "down",
  "unreachable",
  "flapping",
  "unknown",
  "stale",
  "maintenance",
  "paused",
  "up",
] as const satisfies readonly Schemas["DeviceOut"]["status"][];
export type Status = Schemas["DeviceOut"]["status"];
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
] as const satisfies readonly Schemas["DeviceOut"]["type"][];
export type DeviceType = Schemas["DeviceOut"]["type"];
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = Schemas["IncidentOut"]["severity"];
export const INCIDENT_STATES = ["open", "acknowledged", "resolved"] as const;
export const INCIDENT_KINDS = ["device_down", "branch_down", "link_down", "system"] as const;
export type IncidentKind = Schemas["IncidentOut"]["kind"];
export type IncidentState = Schemas["IncidentOut"]["state"];
export const ROLES = ["viewer", "operator", "manager", "admin"] as const;
export type Role = Schemas["Role"];
export type Language = Me["language"];
export type Theme = Me["theme"];

export type Named = Schemas["Named"];
export interface Page<Item> {
  items: Item[];
  total: number;
  skip: number;
  limit: number;
  has_more: boolean;
}
export type FieldError = Schemas["FaultOut"];
export type Counts = Schemas["CountsOut"];

export type AuthState = Schemas["AuthState"];
export type Me = Schemas["Me"];
export type Preferences = Schemas["MeChange"];
export type User = Schemas["UserOut"];
export type Token = Schemas["TokenOut"];

export type Device = Schemas["DeviceOut"];
export type DeviceBody = Schemas["DeviceIn"];
export type DeviceChange = Schemas["DeviceChange"];
export type DeviceQuery = QueryOf<"/api/v1/devices">;
export type DeviceFilter = QueryOf<"/api/v1/devices/facets">;
/** What every watched target shows, device or link. */
export type Shown = Pick<
  Device,
  | "status"
  | "status_since"
  | "down_since"
  | "last_checked_at"
  | "rtt_ms"
  | "loss_ratio"
  | "reason"
  | "flapping"
>;
export type Facets = Schemas["FacetsOut"];
export type Branch = Worded<
  Schemas["BranchOut"],
  { status_counts: Partial<Record<Status, number>> }
>;
export type BranchQuery = QueryOf<"/api/v1/branches">;
export type Region = Schemas["RegionOut"];
export type Provider = Schemas["ProviderOut"];
export type Profile = Schemas["ProfileOut"];
export type Site = Schemas["SiteOut"];
/** What the lists of places without filters of their own take. */
export type PlaceQuery = QueryOf<"/api/v1/regions">;
export type BranchBody = Schemas["BranchIn"];
export type RegionBody = Schemas["RegionIn"];
export type ProviderBody = Schemas["ProviderIn"];
export type ProfileBody = Schemas["ProfileIn"];
export type SiteBody = Schemas["SiteIn"];
export type LinkBody = Schemas["LinkIn"];
export type Link = Schemas["LinkOut"];
export type LinkQuery = QueryOf<"/api/v1/links">;
export type ImportReport = Schemas["ImportOut"];
export type ImportRow = Schemas["RowOut"];
export type BulkReport = Schemas["BulkOut"];
export type BulkChanges = Partial<Schemas["BulkChange"]>;

export type HistoryPoint = Schemas["PointOut"];
export type Interval = Worded<Schemas["IntervalOut"], { state: Status }>;
export type History = Worded<Schemas["HistoryOut"], { intervals: Interval[] }>;
type Words = { from_state: Status; to_state: Status };
export type StatusEvent = Worded<Schemas["EventOut"], Words>;

export type Incident = Schemas["IncidentOut"];
export type IncidentQuery = QueryOf<"/api/v1/incidents">;
export type Subject = Worded<Schemas["SubjectOut"], { status: Status | null }>;
export type TimelineEntry = Schemas["TimelineOut"];
export type IncidentDetail = Worded<Schemas["IncidentDetail"], { subjects: Subject[] }>;

export type Dashboard = Worded<
  Schemas["DashboardOut"],
  {
    by_type: Worded<Schemas["TypeCounts"], { type: DeviceType }>[];
    recent_events: Worded<Schemas["RecentEvent"], Words>[];
  }
>;
export type Wall = Worded<
  Schemas["WallOut"],
  { devices: Worded<Schemas["WallDevices"], { status: Status[] }> }
>;
export type Found = Worded<
  Schemas["SearchOut"],
  {
    devices: Worded<Schemas["FoundDeviceOut"], { status: Status }>[];
    incidents: Worded<Schemas["FoundIncidentOut"], { state: IncidentState; severity: Severity }>[];
    links: Worded<Schemas["FoundLinkOut"], { status: Status }>[];
  }
>;
export type Health = Worded<
  Schemas["HealthOut"],
  { components?: Record<string, Schemas["ComponentOut"]> }
>;

/** One target in a `status` event of the stream. */
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
