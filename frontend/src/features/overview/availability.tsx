import type { Dashboard } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";

export function Availability({ availability }: { availability: Dashboard["availability"] }) {
  const t = useT();
  const format = useFormat();
  const spans = [
    ["overview.today", availability.today],
    ["overview.days7", availability.d7],
    ["overview.days30", availability.d30],
  ] as const;
  return (
    <Panel title={t("overview.availability")}>
      <dl className="grid grid-cols-3 gap-3" title={t("overview.availability.hint")}>
        {spans.map(([label, ratio]) => (
          <div key={label}>
            <dt className="text-sm text-muted">{t(label)}</dt>
            <dd className="text-xl font-semibold">{format.percent(ratio)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
