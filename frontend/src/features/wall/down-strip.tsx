import { Link } from "@tanstack/react-router";
import type { Status, Wall } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";
import { StatusMark } from "@/ui/status-mark";
import { byTrouble } from "./model";

const SHOWN = 12;

/** What is down now, the newest first, each with how long. */
export function DownStrip({ wall, places }: { wall: Wall; places: readonly number[] }) {
  const t = useT();
  const down = places.filter((at) => wall.devices.status[at] === "down");
  if (down.length === 0) {
    return null;
  }
  const sorted = byTrouble(wall, down);
  return (
    <ul
      aria-label={t("wall.down")}
      className="flex shrink-0 flex-wrap gap-2 max-md:flex-nowrap max-md:overflow-x-auto"
    >
      {sorted.slice(0, SHOWN).map((at) => (
        <li key={wall.devices.id[at]}>
          <WallCard wall={wall} at={at} />
        </li>
      ))}
      {sorted.length > SHOWN ? (
        <li className="flex items-center px-2 text-sm text-muted">
          {t("wall.more", { count: sorted.length - SHOWN })}
        </li>
      ) : null}
    </ul>
  );
}

export function WallCard({ wall, at }: { wall: Wall; at: number }) {
  const format = useFormat();
  const now = useNow() / 1000;
  const { id, name, ip, branch_id, status, status_since, down_since } = wall.devices;
  const since = down_since[at] ?? status_since[at];
  const state = status[at] as Status;
  const branch = wall.branches.find((one) => one.id === branch_id[at]);
  return (
    <Link
      to="/devices/$id"
      params={{ id: id[at] ?? 0 }}
      className={`flex w-52 flex-col rounded-md border bg-surface px-2.5 py-1.5 text-sm hover:bg-hover ${state === "down" ? "border-down" : "border-line"}`}
    >
      <span className="flex items-center justify-between gap-2">
        <StatusMark status={state} />
        {since ? <span className="font-semibold">{format.duration(now - since)}</span> : null}
      </span>
      <span className="truncate font-medium">{name[at]}</span>
      <span className="truncate text-xs text-muted">
        {[branch?.name, ip[at]].filter(Boolean).join(" · ")}
      </span>
    </Link>
  );
}
