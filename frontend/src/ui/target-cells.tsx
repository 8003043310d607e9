import type { Shown } from "@/api/types";
import { useFormat } from "@/format";
import { cx } from "./class-names";
import { StatusMark } from "./status-mark";
import { Lasting } from "./time";

/** State and how long it has been so: what every list of devices and links begins with. */
export function StatusCell({ row }: { row: Shown }) {
  const since = row.down_since ?? row.status_since;
  return (
    <span className="flex items-center gap-2">
      <StatusMark status={row.status} />
      {since && row.status !== "up" ? (
        <Lasting since={since} className="truncate text-muted" />
      ) : null}
    </span>
  );
}

export function Rtt({ value }: { value: number | null }) {
  return <>{useFormat().ms(value)}</>;
}

export function Loss({ ratio }: { ratio: number | null }) {
  const format = useFormat();
  return (
    <span className={cx(ratio !== null && ratio > 0 && "font-medium text-down")}>
      {format.share(ratio)}
    </span>
  );
}
