import type { ReactNode } from "react";
import type { Shown } from "@/api/types";
import { useFormat } from "@/format";
import { useT, wordOr } from "@/i18n";
import { StatusMark } from "./status-mark";
import { Ago, Lasting } from "./time";

/** The state of one device or link: what, since when, how old the last look is. */
export function StateHeader({ row }: { row: Shown }) {
  const t = useT();
  const format = useFormat();
  const since = row.down_since ?? row.status_since;
  return (
    <dl className="flex flex-wrap items-stretch divide-x divide-line rounded-md border border-line bg-surface max-md:grid max-md:grid-cols-2 max-md:divide-x-0">
      <Fact name={t("device.status")}>
        <StatusMark status={row.status} className="text-lg" />
      </Fact>
      {since ? (
        <Fact name={t("device.since")}>
          <Lasting since={since} className="text-lg font-semibold" />
        </Fact>
      ) : null}
      <Fact name={t("device.checked")}>
        <Ago time={row.last_checked_at} className="text-lg" />
      </Fact>
      <Fact name={t("device.rtt")}>
        <span className="text-lg">{format.ms(row.rtt_ms)}</span>
      </Fact>
      <Fact name={t("device.loss")}>
        <span className="text-lg">{format.share(row.loss_ratio)}</span>
      </Fact>
      {row.reason ? (
        <Fact name={t("device.reason")}>
          <span className="text-lg">{wordOr(t, `reason.${row.reason}`, row.reason)}</span>
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="px-4 py-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
