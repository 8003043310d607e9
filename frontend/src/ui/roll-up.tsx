import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { StatusMark } from "./status-mark";

const BAR: Record<Status, string> = {
  down: "bg-down",
  unreachable: "bg-unreachable",
  flapping: "bg-flapping",
  unknown: "bg-unknown",
  stale: "bg-stale",
  maintenance: "bg-maintenance",
  paused: "bg-paused",
  up: "bg-up",
};

type StatusCounts = Partial<Record<Status, number>>;

const countOf = (counts: StatusCounts, status: Status) => counts[status] ?? 0;
const present = (counts: StatusCounts): Status[] =>
  STATUSES.filter((status) => countOf(counts, status) > 0);

/** Shares of states as one thin bar; in words for those who do not see it. */
export function ShareBar({ counts, className = "" }: { counts: StatusCounts; className?: string }) {
  const t = useT();
  const words = present(counts).map((status) => `${t(`status.${status}`)} ${counts[status]}`);
  return (
    <div
      role="img"
      aria-label={words.join(", ") || t("state.none")}
      className={`flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken ${className}`}
    >
      {present(counts).map((status) => (
        <div
          key={status}
          className={BAR[status]}
          style={{ flex: countOf(counts, status), minWidth: 3 }}
        />
      ))}
    </div>
  );
}

/** Counts of what is not up; all well is said in one word. */
export function Troubles({ counts }: { counts: StatusCounts }) {
  const format = useFormat();
  const wrong = present(counts).filter((status) => status !== "up");
  if (wrong.length === 0) {
    return present(counts).length ? (
      <StatusMark status="up" />
    ) : (
      <span className="text-muted">–</span>
    );
  }
  return (
    <span className="inline-flex gap-3">
      {wrong.map((status) => (
        <span key={status} className="inline-flex items-center gap-1">
          <StatusMark status={status} label={false} />
          {format.number(countOf(counts, status))}
        </span>
      ))}
    </span>
  );
}
