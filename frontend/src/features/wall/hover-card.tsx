import type { DeviceType, Status, Wall } from "@/api/types";
import { DEVICE_TYPES } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";
import { StatusMark } from "@/ui/status-mark";

const WIDTH = 260;

/** What is under the pointer or the arrow keys. */
export function HoverCard({
  wall,
  at,
  x,
  y,
  width,
}: {
  wall: Wall;
  at: number;
  x: number;
  y: number;
  width: number;
}) {
  const t = useT();
  const format = useFormat();
  const now = useNow() / 1000;
  const { name, ip, type, branch_id, status, status_since, down_since, last_checked_at, rtt_ms } =
    wall.devices;
  const branch = wall.branches.find((one) => one.id === branch_id[at]);
  const region = wall.regions.find((one) => one.id === branch?.region_id);
  const since = down_since[at] ?? status_since[at];
  const checked = last_checked_at[at];
  const kind = type[at] as DeviceType;
  return (
    <div
      role="status"
      className="pointer-events-none absolute z-10 flex flex-col gap-0.5 rounded-md border border-line bg-surface p-2.5 text-sm shadow-pop"
      style={{ width: WIDTH, left: Math.max(0, Math.min(x, width - WIDTH)), top: y + 6 }}
    >
      <p className="truncate font-semibold">{name[at]}</p>
      <p className="flex justify-between gap-2">
        <StatusMark status={status[at] as Status} />
        {since ? <span>{format.duration(now - since)}</span> : null}
      </p>
      <p className="text-muted">
        {[ip[at], DEVICE_TYPES.includes(kind) ? t(`type.${kind}`) : ""].filter(Boolean).join(" · ")}
      </p>
      <p className="truncate text-muted">
        {[region?.name, branch?.name].filter(Boolean).join(" · ")}
      </p>
      <p className="flex justify-between gap-2 text-muted">
        <span>{format.ms(rtt_ms[at] ?? null)}</span>
        <span>
          {checked
            ? t("wall.checked", { duration: format.duration(now - checked) })
            : t("wall.unchecked")}
        </span>
      </p>
    </div>
  );
}
