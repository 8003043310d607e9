/** An invented bank: 900 devices in 128 branches, drawn from a fixed seed. */

let seed = 7;
export function random(): number {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
}
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

export const iso = (ms: number) => new Date(ms).toISOString();
const START = Date.now();

const REGIONS: [string, string[]][] = [
  ["თბილისი", ["Tbilisi"]],
  ["აჭარა", ["Batumi", "Kobuleti", "Keda", "Khulo"]],
  ["იმერეთი", ["Kutaisi", "Zestafoni", "Samtredia", "Chiatura", "Sachkhere"]],
  ["ქვემო ქართლი", ["Rustavi", "Marneuli", "Bolnisi", "Gardabani"]],
  ["კახეთი", ["Telavi", "Gurjaani", "Sagarejo", "Lagodekhi", "Signagi"]],
  ["შიდა ქართლი", ["Gori", "Khashuri", "Kaspi"]],
  ["სამეგრელო-ზემო სვანეთი", ["Zugdidi", "Poti", "Senaki", "Mestia"]],
  ["სამცხე-ჯავახეთი", ["Akhaltsikhe", "Borjomi", "Akhalkalaki"]],
  ["გურია", ["Ozurgeti", "Lanchkhuti"]],
  ["მცხეთა-მთიანეთი", ["Mtskheta", "Dusheti"]],
  ["რაჭა-ლეჩხუმი", ["Ambrolauri", "Oni"]],
];
const WEIGHTS = [38, 16, 18, 12, 11, 8, 10, 6, 4, 3, 2];
const KINDS: [string, string, string, string, number][] = [
  ["router", "cisco", "ISR 4331", "rt", 229],
  ["payment_terminal", "linux", "PayBox 3", "pb", 178],
  ["switch", "cisco", "Catalyst 9200", "sw", 134],
  ["access_point", "ubiquiti", "U6 Pro", "ap", 116],
  ["video_recorder", "hikvision", "DS-7716", "nvr", 106],
  ["atm", "ncr", "SelfServ 84", "atm", 87],
  ["access_controller", "zkteco", "C3-400", "acs", 22],
  ["ups", "apc", "SRT 3000", "ups", 26],
  ["core_router", "juniper", "MX204", "core", 2],
];
const STATUSES = ["down", "unreachable", "flapping", "unknown", "stale", "maintenance", "paused"];

export interface Named {
  id: number;
  name: string;
}
export type Row = Record<string, unknown> & { id: number; name: string; status: string };

export const regions: Named[] = REGIONS.map(([name], index) => ({ id: index + 1, name }));
export const branches: (Named & { code: string; region: Named; city: string })[] = [];
export const devices: (Row & {
  branch: Named;
  region: Named;
  type: string;
  vendor: string;
  ip: string;
})[] = [];
export const links: (Row & { branch: Named; provider: Named; region: Named; role: string })[] = [];
export const providers: Named[] = [
  { id: 1, name: "Silknet" },
  { id: 2, name: "Magticom" },
];
export const site = { id: 1, name: "main" };
export const profiles = [
  { id: 1, name: "Standard", ping_cadence_s: 10, description: "", is_default: true },
  { id: 2, name: "Core", ping_cadence_s: 1, description: "Core and WAN", is_default: false },
];

function status(index: number): string {
  return index % 41 === 7 ? (STATUSES[Math.floor(index / 41) % STATUSES.length] as string) : "up";
}

export function live(state: string, at = START - random() * 9e7) {
  const down = state === "down" || state === "unreachable";
  return {
    status: state,
    status_since: iso(at),
    down_since: down ? iso(at) : null,
    last_checked_at: state === "unknown" ? null : iso(START - random() * 9000),
    rtt_ms: down || state === "unknown" ? null : Math.round(random() * 300) / 10 + 1.2,
    loss_ratio: state === "unknown" ? null : down ? 1 : state === "flapping" ? 0.2 : 0,
    reason: down ? "lost" : "",
    flapping: state === "flapping",
  };
}

for (const [index, [, cities]] of REGIONS.entries()) {
  for (let n = 0; n < (WEIGHTS[index] ?? 1); n += 1) {
    const city = cities[n % cities.length] as string;
    branches.push({
      id: branches.length + 1,
      name: `${city} ${Math.floor(n / cities.length) + 1}`,
      code: `BR${String(branches.length + 1).padStart(3, "0")}`,
      region: regions[index] as Named,
      city,
    });
  }
}

const short = ({ id, name }: Named): Named => ({ id, name });
for (const [type, vendor, model, prefix, count] of KINDS) {
  for (let n = 0; n < count; n += 1) {
    const branch = branches[n % branches.length] as (typeof branches)[number];
    const id = devices.length + 1;
    const state = status(id);
    devices.push({
      id,
      name: `${prefix}-${branch.name.toLowerCase().replaceAll(" ", "-")}-${Math.floor(n / branches.length) + 1}`,
      ip: `10.${10 + branch.region.id}.${branch.id}.${10 + (id % 240)}`,
      type,
      vendor,
      model,
      serial: `SN${100000 + id}`,
      enabled: state !== "paused",
      tags: n % 9 ? [] : ["vip"],
      custom: {},
      notes: "",
      parent: null,
      branch: short(branch),
      region: branch.region,
      site,
      profile: null,
      in_maintenance: state === "maintenance",
      created_at: iso(START - 4e9),
      updated_at: iso(START - 3e8),
      version: 1,
      ...live(state),
    });
  }
}
for (const branch of branches.slice(0, 93)) {
  for (const [n, provider] of providers.entries()) {
    const id = 2000 + links.length;
    links.push({
      id,
      name: `${branch.name} ${provider.name}`,
      branch: short(branch),
      region: branch.region,
      provider,
      role: n ? "backup" : "primary",
      probe_address: `172.16.${branch.id}.${n + 1}`,
      source_address: null,
      site,
      profile: null,
      enabled: true,
      circuit_id: `C-${4000 + id}`,
      bandwidth_mbps: pick([50, 100, 200]),
      version: 1,
      ...live(id % 37 === 5 ? "down" : id % 53 === 9 ? "flapping" : "up"),
    });
  }
}

const TITLES: [string, string, string][] = [
  ["Batumi 3 is isolated", "branch_down", "critical"],
  ["atm-gori-1 does not answer", "device_down", "high"],
  ["Kutaisi 2 Silknet is down", "link_down", "high"],
  ["sw-rustavi-1 does not answer", "device_down", "medium"],
  ["ap-telavi-2 does not answer", "device_down", "low"],
];
export const incidents = Array.from({ length: 64 }, (_, index) => {
  const [title, kind, severity] = TITLES[index % TITLES.length] as [string, string, string];
  const branch = branches[(index * 7) % branches.length] as (typeof branches)[number];
  const opened = START - (index * index * 90 + 240) * 1000;
  const state = index < 4 ? "open" : index < 7 ? "acknowledged" : "resolved";
  return {
    id: 500 - index,
    title: index < 5 ? title : title.replace(/^\S+ ?\d?/, `${branch.name}`),
    kind,
    severity,
    state,
    opened_at: iso(opened),
    acknowledged_at: state === "open" ? null : iso(opened + 60000),
    acknowledged_by: state === "open" ? null : "nino",
    resolved_at: state === "resolved" ? iso(opened + 900000) : null,
    last_change_at: iso(opened + 30000),
    cause: {
      kind: kind.split("_")[0],
      id: kind === "branch_down" ? branch.id : 8,
      name: branch.name,
    },
    branch: short(branch),
    region: branch.region,
    subject_count: kind === "branch_down" ? 9 : 1,
    subjects_down: state === "resolved" ? 0 : kind === "branch_down" ? 9 : 1,
    alert_count: kind === "branch_down" ? 10 : 1,
  };
});
