import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useWall } from "@/api/overview";
import type { Wall } from "@/api/types";
import { LiveMark } from "@/app/live-mark";
import { useT } from "@/i18n";
import { QueryView } from "@/ui/query-view";
import { Empty } from "@/ui/states";
import { Ago } from "@/ui/time";
import { BranchTable } from "./branch-table";
import { WallCards } from "./cards";
import { DownStrip } from "./down-strip";
import { Recoveries } from "./glow";
import { HeatMap } from "./heat-map";
import { WallList } from "./list";
import { blocksOf, byTrouble, visible } from "./model";
import type { WallSearch } from "./search";
import { useSound } from "./sound";
import { Toolbar } from "./toolbar";

const route = getRouteApi("/app/wall");

export function WallPage() {
  const t = useT();
  const query = useWall();
  useEffect(() => {
    document.title = `${t("nav.wall")} · WARD OPS`;
  }, [t]);
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 p-3">
      <h1 className="sr-only">{t("nav.wall")}</h1>
      <QueryView query={query} rows={16}>
        {(wall) => <WallView wall={wall} updated={query.dataUpdatedAt} />}
      </QueryView>
    </div>
  );
}

function WallView({ wall, updated }: { wall: Wall; updated: number }) {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/wall" });
  const sound = useSound();
  const [recoveries] = useState(() => new Recoveries());
  const ring = useRef(sound.play);
  ring.current = sound.play;
  // Before anything below draws: it asks who recovered.
  useLayoutEffect(() => {
    if (recoveries.take(wall, Date.now()).length) {
      ring.current();
    }
  }, [wall, recoveries]);
  const elsewhere = t("wall.elsewhere");
  // An event changes states and leaves all else as it is: nothing has to be laid out anew for it.
  const filtered = search.status ? wall.devices.status : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the wall only what these depend on
  const places = useMemo(
    () => visible(wall, search),
    [wall.devices.id, wall.branches, search.region_id, search.status, filtered],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the wall only what these depend on
  const blocks = useMemo(
    () => blocksOf(wall, places, elsewhere),
    [places, wall.regions, elsewhere],
  );
  const change = (next: Partial<WallSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const mode = search.mode ?? "grid";
  return (
    <>
      <Toolbar wall={wall} search={search} mode={mode} sound={sound} onChange={change} />
      {places.length === 0 ? (
        <Empty title={t("wall.none")} text={t("wall.none.text")} />
      ) : (
        <>
          {mode === "grid" ? <DownStrip wall={wall} places={places} /> : null}
          {mode === "grid" ? (
            <>
              <HeatMap wall={wall} blocks={blocks} recoveries={recoveries} />
              <BranchTable wall={wall} blocks={blocks} />
            </>
          ) : mode === "cards" ? (
            <WallCards wall={wall} sorted={byTrouble(wall, places)} />
          ) : (
            <WallList wall={wall} sorted={byTrouble(wall, places)} />
          )}
        </>
      )}
      <footer className="flex shrink-0 items-center justify-end text-xs text-muted">
        {search.chrome === "0" ? <LiveMark /> : null}
        <span>
          {t("wall.updated")} <Ago time={new Date(updated).toISOString()} />
        </span>
      </footer>
    </>
  );
}
