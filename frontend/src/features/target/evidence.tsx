import { useTargetEvents } from "@/api/history";
import type { Shown, StatusEvent } from "@/api/types";
import { useFormat } from "@/format";
import { useT, wordOr } from "@/i18n";
import { Facts } from "@/ui/facts";
import { QueryView } from "@/ui/query-view";
import { StatusMark } from "@/ui/status-mark";
import { Ago, Stamp } from "@/ui/time";
import { useProof } from "./proof";

interface EvidenceProps {
  kind: "devices" | "links";
  id: number;
  row: Shown;
  /** The moment of a change that is told already. */
  told?: string | undefined;
}

/** Why a device or link is shown as it is: the sentence, the last check, the last change. */
export function Evidence({ kind, id, row, told }: EvidenceProps) {
  const t = useT();
  const events = useTargetEvents(kind, id);
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <StatusMark status={row.status} />
        <span>{t(`evidence.status.${row.status}`)}</span>
      </p>
      <section className="flex flex-col gap-1.5">
        <h3 className="text-sm font-semibold">{t("evidence.check")}</h3>
        <LastCheck row={row} />
      </section>
      {told && events.data?.items[0]?.at === told ? null : (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-sm font-semibold">{t("evidence.change")}</h3>
          <QueryView query={events} rows={3}>
            {({ items }) =>
              items[0] ? (
                <LastChange event={items[0]} />
              ) : (
                <p className="text-muted">{t("events.none")}</p>
              )
            }
          </QueryView>
        </section>
      )}
    </div>
  );
}

function LastCheck({ row }: { row: Shown }) {
  const t = useT();
  const format = useFormat();
  return (
    <Facts
      facts={[
        [t("events.at"), <Ago key="at" time={row.last_checked_at} />],
        [t("evidence.result"), wordOr(t, `reason.${row.reason}`, row.reason) || "–"],
        [t("target.loss"), format.share(row.loss_ratio)],
        [t("target.rtt"), format.ms(row.rtt_ms)],
      ]}
    />
  );
}

function LastChange({ event }: { event: StatusEvent }) {
  const t = useT();
  const proof = useProof()(event);
  const change = (
    <span className="inline-flex items-center gap-2">
      <StatusMark status={event.from_state} />
      <span aria-hidden className="text-muted">
        →
      </span>
      <StatusMark status={event.to_state} />
    </span>
  );
  return (
    <Facts
      facts={[
        [t("events.change"), change],
        [
          t("events.at"),
          <span key="at">
            <Stamp time={event.at} /> · <Ago time={event.at} className="text-muted" />
          </span>,
        ],
        [t("events.reason"), wordOr(t, `reason.${event.reason}`, event.reason)],
        [t("evidence.proof"), proof.length ? <Sentences key="proof" told={proof} /> : null],
      ]}
    />
  );
}

function Sentences({ told }: { told: string[] }) {
  return told.map((sentence) => <p key={sentence}>{sentence}</p>);
}
