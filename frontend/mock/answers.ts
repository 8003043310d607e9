import type { Row } from "./data";
import {
  branches,
  devices,
  incidents,
  iso,
  links,
  profiles,
  providers,
  regions,
  site,
} from "./data";

type Query = URLSearchParams;
const STATES = [
  "up",
  "down",
  "unreachable",
  "flapping",
  "unknown",
  "stale",
  "maintenance",
  "paused",
];

export function counts(rows: { status: string }[]) {
  const all: Record<string, number> = { all: rows.length };
  for (const state of STATES) {
    all[state] = rows.filter((row) => row.status === state).length;
  }
  return all;
}

const deep = (row: Record<string, unknown>, field: string): unknown => {
  const value = row[field];
  return value && typeof value === "object" ? (value as { name: string }).name : value;
};

function sorted<T extends Record<string, unknown>>(rows: T[], by: string): T[] {
  const field = by.replace(/^-/, "");
  if (!field) {
    return rows;
  }
  const sign = by.startsWith("-") ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [deep(a, field) ?? "", deep(b, field) ?? ""];
    return sign * String(x).localeCompare(String(y), "en", { numeric: true });
  });
}

export function page<T>(rows: T[], query: Query, by = query.get("sort") ?? "") {
  const skip = Number(query.get("skip") ?? 0);
  const limit = Number(query.get("limit") ?? 100);
  const ordered = sorted(rows as Record<string, unknown>[], by.split(",")[0] ?? "") as T[];
  const items = ordered.slice(skip, skip + limit);
  return { items, total: rows.length, skip, limit, has_more: skip + items.length < rows.length };
}

const matches = (row: Record<string, unknown>, q: string) =>
  !q ||
  JSON.stringify([row.name, row.ip, row.title, row.probe_address, row.branch])
    .toLowerCase()
    .includes(q);

export function filtered<T extends Row>(rows: T[], query: Query): T[] {
  const q = (query.get("q") ?? "").toLowerCase();
  const some = (name: string, value: unknown) =>
    !query.has(name) || query.getAll(name).includes(String(value));
  const id = (value: unknown) => (value as { id: number } | undefined)?.id;
  return rows.filter(
    (row) =>
      ["status", "type", "vendor", "role", "severity", "state", "kind"].every((f) =>
        some(f, row[f]),
      ) &&
      ["branch", "region", "provider"].every((f) => some(`${f}_id`, id(row[f]))) &&
      matches(row, q),
  );
}

function grouped(field: string, rows: Record<string, unknown>[]) {
  const counted = new Map<string, number>();
  for (const row of rows) {
    const value = String(row[field]);
    counted.set(value, (counted.get(value) ?? 0) + 1);
  }
  return [...counted].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function facets(query: Query) {
  const rows = filtered(devices, query);
  return {
    status: grouped("status", rows),
    type: grouped("type", rows),
    vendor: grouped("vendor", rows),
    region: regions.map((r) => ({ ...r, count: rows.filter((d) => d.region.id === r.id).length })),
  };
}

export function branch(id: number) {
  const found = branches.find((b) => b.id === id);
  const inside = devices.filter((d) => d.branch.id === id);
  return (
    found && {
      ...found,
      address: "Rustaveli Ave 24",
      contact: "Nino Beridze, +995 555 12 34 56",
      latitude: 41.7,
      longitude: 44.8,
      device_count: inside.length,
      status_counts: counts(inside),
    }
  );
}

export function dashboard() {
  return {
    generated_at: iso(Date.now()),
    totals: counts(devices),
    links: counts(links),
    availability: { today: 0.99812, d7: 0.99934, d30: 0.99871 },
    incidents: { open: 4, acknowledged: 3, critical: 1 },
    by_region: regions.map((r) => ({
      ...r,
      counts: counts(devices.filter((d) => d.region.id === r.id)),
    })),
    by_type: [...new Set(devices.map((d) => d.type))].map((type) => ({
      type,
      counts: counts(devices.filter((d) => d.type === type)),
    })),
    branches: branches.map((b) => ({
      id: b.id,
      name: b.name,
      region_id: b.region.id,
      counts: counts(devices.filter((d) => d.branch.id === b.id)),
    })),
    providers: providers.map((p) => ({
      ...p,
      counts: counts(links.filter((l) => l.provider.id === p.id)),
    })),
    top_incidents: incidents.slice(0, 7),
    recent_events: devices.slice(0, 20).map((d, n) => ({
      id: 900 - n,
      at: iso(Date.now() - n * 47000),
      target: { id: d.id, kind: "device", name: d.name, branch: d.branch },
      from_state: n % 3 ? "up" : "down",
      to_state: n % 3 ? "down" : "up",
      reason: n % 3 ? "lost" : "answered",
    })),
  };
}

const PER_BRANCH = 8;

/** The branches of a wall of `size` devices: those of the bank, and as many more as it needs. */
function wallBranches(size: number) {
  const count = Math.max(branches.length, Math.ceil(size / PER_BRANCH));
  return Array.from({ length: count }, (_, n) => {
    const branch = branches[n % branches.length] as (typeof branches)[number];
    const more = n < branches.length ? branch : { ...branch, id: 10_000 + n };
    return { id: more.id, name: branch.name, region_id: branch.region.id };
  });
}

export function wall(size: number) {
  const places = wallBranches(size);
  const rows = Array.from({ length: size || devices.length }, (_, n) => {
    const device = devices[n % devices.length] as (typeof devices)[number];
    const branch = places[n % places.length] as (typeof places)[number];
    return n < devices.length
      ? device
      : { ...device, id: 10_000 + n, name: `${device.name}-${n}`, branch };
  });
  const seconds = (value: unknown) => (value ? Date.parse(value as string) / 1000 : null);
  const column = <T>(of: (row: (typeof devices)[number]) => T) => rows.map(of);
  return {
    generated_at: iso(Date.now()),
    cursor: "0-1",
    regions,
    branches: places,
    devices: {
      id: column((d) => d.id),
      name: column((d) => d.name),
      ip: column((d) => d.ip),
      type: column((d) => d.type),
      branch_id: column((d) => d.branch.id),
      status: column((d) => d.status),
      status_since: column((d) => seconds(d.status_since)),
      down_since: column((d) => seconds(d.down_since)),
      last_checked_at: column((d) => seconds(d.last_checked_at)),
      rtt_ms: column((d) => d.rtt_ms),
    },
  };
}

const STEPS = 48;

export function sparklines(query: Query) {
  const to = Date.now();
  const steps = Array.from({ length: STEPS }, (_, n) => n);
  const items = (query.get("ids") ?? "").split(",").map((text) => {
    const id = Number(text);
    const loss = steps.map((n) => ((n * 31 + id * 7) % 97 === 0 ? 0.2 : 0));
    const rtt = steps.map((n) => 6 + (id % 9) + 3 * Math.sin((n + id) / 5));
    const gone = id % 11 === 0 ? 20 : STEPS;
    return {
      id,
      rtt_ms: rtt.map((value, n) => (n > gone && n < gone + 5 ? null : value)),
      loss_ratio: loss.map((value, n) => (n > gone && n < gone + 5 ? null : value)),
    };
  });
  return { from: iso(to - 864e5), to: iso(to), step_s: 1800, items };
}

export function history(query: Query) {
  const to = Date.parse(query.get("to") ?? iso(Date.now()));
  const from = Date.parse(query.get("from") ?? iso(to - 864e5));
  const wanted = Number(query.get("points") ?? 300);
  const step = (to - from) / wanted;
  const points = [];
  for (let n = 0; n < wanted; n += 1) {
    if (n > wanted * 0.55 && n < wanted * 0.6) continue;
    const base = 8 + 3 * Math.sin(n / 20) + ((n * 7919) % 13) / 6;
    const dead = n > wanted * 0.8 && n < wanted * 0.82;
    points.push({
      t: iso(from + n * step),
      sent: 6,
      lost: dead ? 6 : n % 61 === 0 ? 1 : 0,
      rtt_min_ms: dead ? null : base - 2,
      rtt_avg_ms: dead ? null : base,
      rtt_max_ms: dead ? null : base + 3 + ((n * 31) % 11),
      jitter_ms: dead ? null : 0.8,
    });
  }
  const at = (share: number) => iso(from + (to - from) * share);
  const intervals = [
    { state: "up", from: at(0), to: at(0.55), reason: "" },
    { state: "unknown", from: at(0.55), to: at(0.6), reason: "not_checked" },
    { state: "up", from: at(0.6), to: at(0.8), reason: "" },
    { state: "down", from: at(0.8), to: at(0.82), reason: "lost" },
    { state: "up", from: at(0.82), to: at(1), reason: "" },
  ];
  return { from: iso(from), to: iso(to), resolution_s: Math.round(step / 1000), points, intervals };
}

export function incident(id: number) {
  const found = incidents.find((i) => i.id === id);
  if (!found) return undefined;
  const opened = Date.parse(found.opened_at);
  const inside = devices
    .filter((d) => d.branch.id === found.branch.id)
    .slice(0, found.subject_count);
  const entry = (n: number, after: number, kind: string, more = {}) => ({
    id: n,
    at: iso(opened + after),
    kind,
    actor: null,
    text: null,
    data: {},
    ...more,
  });
  return {
    ...found,
    subjects: inside.map((d, n) => ({
      id: d.id,
      kind: "device",
      name: d.name,
      ip: d.ip,
      type: d.type,
      status: found.state === "resolved" ? "up" : n ? "unreachable" : "down",
      down_at: found.opened_at,
      recovered_at: found.resolved_at,
    })),
    timeline: [
      entry(1, -9000, "first_lost"),
      entry(2, -1500, "confirmed", { data: { sent: 6, lost: 6 } }),
      entry(3, 0, "opened"),
      entry(4, 4000, "joined", { text: inside[1]?.name }),
      ...(found.state === "open" ? [] : [entry(5, 60000, "acknowledged", { actor: "nino" })]),
      entry(6, 90000, "commented", {
        actor: "nino",
        text: "Called Silknet, ticket 48213. Crew on the way.",
      }),
      ...(found.state === "resolved"
        ? [entry(7, 890000, "recovered"), entry(8, 900000, "resolved")]
        : []),
    ],
  };
}

export function search(query: Query) {
  const q = new URLSearchParams({ q: query.get("q") ?? "" });
  return {
    devices: filtered(devices, q)
      .slice(0, 8)
      .map((d) => ({
        id: d.id,
        name: d.name,
        ip: d.ip,
        type: d.type,
        status: d.status,
        branch: d.branch.name,
      })),
    branches: filtered(branches as unknown as Row[], q)
      .slice(0, 8)
      .map((b) => ({ id: b.id, name: b.name, region: (b.region as { name: string }).name })),
    incidents: filtered(incidents as unknown as Row[], q).slice(0, 8),
    links: filtered(links, q).slice(0, 8),
  };
}

export const lists: Record<string, () => Row[]> = {
  devices: () => devices,
  links: () => links,
  incidents: () => incidents as unknown as Row[],
  branches: () => branches.map((b) => branch(b.id)) as unknown as Row[],
  regions: () =>
    regions.map((r) => ({
      ...r,
      status: "",
      branch_count: branches.filter((b) => b.region.id === r.id).length,
      device_count: 9,
    })),
  providers: () =>
    providers.map((p) => ({ ...p, status: "", contact: "", phone: "", link_count: 93 })),
  sites: () => [{ ...site, status: "", description: "" }],
  profiles: () => profiles as unknown as Row[],
  users: () => [
    {
      id: 1,
      name: "",
      status: "",
      username: "admin",
      display_name: "Giorgi Kapanadze",
      role: "admin",
      disabled: false,
      created_at: iso(1.79e12),
      last_login_at: iso(Date.now() - 6e5),
    },
    {
      id: 2,
      name: "",
      status: "",
      username: "nino",
      display_name: "ნინო ბერიძე",
      role: "operator",
      disabled: false,
      created_at: iso(1.79e12),
      last_login_at: iso(Date.now() - 36e5),
    },
    {
      id: 3,
      name: "",
      status: "",
      username: "auditor",
      display_name: "Auditor",
      role: "viewer",
      disabled: true,
      created_at: iso(1.79e12),
      last_login_at: null,
    },
  ],
  tokens: () => [
    {
      id: 1,
      name: "grafana",
      status: "",
      role: "viewer",
      created_at: iso(1.79e12),
      expires_at: null,
      last_used_at: iso(Date.now() - 4e4),
      prefix: "ward_3fa9",
    },
  ],
};
