import { useMemo } from "react";
import type { History } from "@/api/types";
import { useFormat } from "@/format";
import { useZone } from "@/format/zone";
import { useT } from "@/i18n";
import { Chart } from "@/ui/chart";
import type { PlotWords } from "./plots";
import { lossPlot, rttPlot } from "./plots";
import { seriesOf } from "./series";

/** Round-trip time and loss over the same time, with one cursor. */
export default function Charts({ history }: { history: History }) {
  const t = useT();
  const format = useFormat();
  const zone = useZone();
  const words = useMemo(
    (): PlotWords => ({
      zone,
      time: t("chart.time"),
      max: t("chart.max"),
      avg: t("chart.avg"),
      min: t("chart.min"),
      loss: t("chart.loss"),
      ms: format.ms,
      percent: (value) => format.share(value === null ? null : value / 100),
    }),
    [zone, t, format],
  );
  const { rtt, loss } = useMemo(() => seriesOf(history), [history]);
  const rttOptions = useMemo(() => rttPlot(history, words), [history, words]);
  const lossOptions = useMemo(() => lossPlot(history, words), [history, words]);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h3 className="mb-1 text-xs font-medium text-muted">{t("chart.rtt")}</h3>
        <Chart options={rttOptions} data={rtt} label={t("chart.rtt")} />
      </div>
      <div>
        <h3 className="mb-1 text-xs font-medium text-muted">{t("chart.loss")}</h3>
        <Chart options={lossOptions} data={loss} label={t("chart.loss")} />
      </div>
    </div>
  );
}
