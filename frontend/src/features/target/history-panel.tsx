import { lazy, Suspense } from "react";
import { useHistory } from "@/api/history";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { Segments } from "@/ui/segments";
import { Loading } from "@/ui/states";
import type { Range } from "./ranges";
import { RANGE_NAMES, RANGES } from "./ranges";
import { Strip } from "./strip";

const Charts = lazy(() => import("./charts"));

interface HistoryPanelProps {
  kind: "devices" | "links";
  id: number;
  range: Range;
  onRange: (range: Range) => void;
}

/** How it has been: availability, round-trip time and loss over one range. */
export function HistoryPanel({ kind, id, range, onRange }: HistoryPanelProps) {
  const t = useT();
  const query = useHistory(kind, id, RANGES[range]);
  const choice = (
    <Segments
      label={t("range.label")}
      value={range}
      options={RANGE_NAMES.map((name) => ({ value: name, label: t(`range.${name}`) }))}
      onChange={onRange}
    />
  );
  return (
    <Panel title={t("history.title")} aside={choice}>
      <QueryView query={query} rows={12}>
        {(history) => (
          <div className="flex flex-col gap-4">
            <Strip history={history} />
            {history.points.length === 0 ? (
              <p className="py-8 text-center text-muted">{t("history.none")}</p>
            ) : (
              <Suspense fallback={<Loading rows={8} />}>
                <Charts history={history} />
              </Suspense>
            )}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}
