import type { ReactNode } from "react";
import type { Shown } from "@/api/types";
import { useFormat } from "@/format";
import { useT, wordOr } from "@/i18n";
import { StatusMark } from "@/ui/status-mark";
import { Ago, Lasting } from "@/ui/time";

/** State, since when, why, and how old the last check is. */
export function StateLine({ row, onWhy }: { row: Shown; onWhy: () => void }) {
  const t = useT();
  const format = useFormat();
  const since = row.down_since ?? row.status_since;
  return (
    <dl className="grid grid-cols-[repeat(6,auto)] justify-start gap-x-8 gap-y-2 rounded-md border border-line bg-surface px-4 py-3 max-lg:grid-cols-3 max-md:grid-cols-2">
      <Fact label={t("target.status")}>
        <span className="flex items-center gap-2">
          <StatusMark status={row.status} className="text-lg" />
          <button
            type="button"
            onClick={onWhy}
            className="rounded-sm px-1 text-sm text-accent underline-offset-2 hover:underline"
          >
            {t("action.why")}
          </button>
        </span>
      </Fact>
      <Fact label={t("target.for")}>
        {since ? <Lasting since={since} className="text-lg font-semibold" /> : "–"}
      </Fact>
      <Fact label={t("target.checked")}>
        <Ago time={row.last_checked_at} className="text-lg" />
      </Fact>
      <Fact label={t("target.rtt")}>
        <span className="text-lg">{format.ms(row.rtt_ms)}</span>
      </Fact>
      <Fact label={t("target.loss")}>
        <span className="text-lg">{format.share(row.loss_ratio)}</span>
      </Fact>
      {row.reason && row.status !== "up" ? (
        <Fact label={t("target.why")}>{wordOr(t, `reason.${row.reason}`, row.reason)}</Fact>
      ) : null}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
