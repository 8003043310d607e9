import { useDashboard } from "@/api/overview";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { Ago } from "@/ui/time";
import { Availability } from "./availability";
import { Events } from "./events";
import { HeatStrip } from "./heat-strip";
import { OpenIncidents } from "./open-incidents";
import { Providers } from "./providers";
import { Sentence } from "./sentence";
import { SystemHealth } from "./system-health";
import { Totals } from "./totals";
import { Types } from "./types";

export function OverviewPage() {
  const t = useT();
  const query = useDashboard();
  const age = query.data ? (
    <span>
      {t("overview.counted")} <Ago time={query.data.generated_at} />
    </span>
  ) : null;
  return (
    <>
      <PageHeader title={t("nav.overview")} meta={age} />
      <QueryView query={query} rows={14}>
        {(board) => (
          <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
            <Sentence board={board} />
            <Totals board={board} />
            <div className="grid gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
              <div className="flex min-w-0 flex-col gap-3">
                <OpenIncidents incidents={board.top_incidents} total={board.incidents} />
                <HeatStrip board={board} />
                <Types types={board.by_type} />
              </div>
              <div className="flex min-w-0 flex-col gap-3">
                <Availability availability={board.availability} />
                <Providers providers={board.providers} />
                <Events events={board.recent_events} />
                <SystemHealth />
              </div>
            </div>
          </div>
        )}
      </QueryView>
    </>
  );
}
