import { Link } from "@tanstack/react-router";
import type { Status, Wall } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { cx } from "@/ui/class-names";
import { StatusMark } from "@/ui/status-mark";

/** One device with its state and how long it lasts. */
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
      className={cx(
        "flex w-52 flex-col rounded-md border bg-surface px-2.5 py-1.5 text-sm hover:bg-hover",
        state === "down" ? "border-down" : "border-line",
      )}
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
