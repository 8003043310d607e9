import type { History, Status } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";
import { statusColour } from "@/ui/status-mark";
import { availabilityOf, piecesOf } from "./availability";

const SOLID = new Set<Status>(["up", "down", "unreachable", "flapping"]);

/** The states of the range on one line; what was not observed is hatched, what is not known is bare. */
export function Strip({ history }: { history: History }) {
  const t = useT();
  const format = useFormat();
  const seen = availabilityOf(history);
  const pieces = piecesOf(history);
  const summary = t("availability.summary", {
    percent: format.percent(seen.ratio),
    outages: seen.outages,
    duration: format.duration(seen.downSeconds),
  });
  return (
    <div className="flex flex-col gap-2">
      <dl className="flex flex-wrap gap-x-8 gap-y-1">
        <Figure label={t("availability.ratio")} value={format.percent(seen.ratio)} />
        <Figure label={t("availability.outages")} value={format.number(seen.outages)} />
        <Figure
          label={t("availability.down")}
          value={seen.downSeconds ? format.duration(seen.downSeconds) : "–"}
        />
        <Figure label={t("availability.observed")} value={format.percent(seen.observedShare)} />
      </dl>
      <div
        role="img"
        aria-label={summary}
        className="relative h-6 overflow-hidden rounded-sm bg-sunken"
      >
        {pieces.map((piece) => (
          <span
            key={`${piece.from} ${piece.state}`}
            title={`${t(`status.${piece.state}`)}\n${format.dateTime(piece.from)}\n${piece.reason}`}
            className={cx(
              "absolute inset-y-0 min-w-px",
              statusColour(piece.state),
              SOLID.has(piece.state) ? "bg-current" : "hatched",
            )}
            style={{ left: `${piece.at * 100}%`, width: `${piece.share * 100}%` }}
          />
        ))}
      </div>
      <div className="flex justify-between text-xs text-muted">
        <span>{format.dateTime(history.from)}</span>
        <span>{t("availability.now")}</span>
      </div>
    </div>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-lg font-semibold">{value}</dd>
    </div>
  );
}
