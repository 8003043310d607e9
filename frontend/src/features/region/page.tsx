import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useIncidents } from "@/api/incidents";
import { useDashboard } from "@/api/overview";
import { useBranches, useLinks, useRegion } from "@/api/places";
import type { Region } from "@/api/types";
import { RegionButtons } from "@/features/regions/region-buttons";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { IncidentList } from "@/ui/incident-list";
import { LinkList } from "@/ui/link-list";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { ShareBar, Troubles } from "@/ui/roll-up";
import { RegionBranches } from "./branches";

const BranchDialog = lazy(() => import("@/features/branches/branch-dialog"));
const route = getRouteApi("/app/regions/$id");
const LINK = "text-sm text-accent hover:underline";

export function RegionPage() {
  const { id } = route.useParams();
  return (
    <QueryView page query={useRegion(id)} rows={12}>
      {(region) => <RegionView region={region} />}
    </QueryView>
  );
}

function RegionView({ region }: { region: Region }) {
  const t = useT();
  const navigate = useNavigate();
  const { id } = region;
  const search = { region_id: String(id) };
  const branches = useBranches({ region_id: id, sort: "name" });
  const links = useLinks({ region_id: id, status: ["down", "unreachable", "flapping", "stale"] });
  const incidents = useIncidents({ region_id: id, limit: 20, sort: "-opened_at" });
  const counts = useDashboard().data?.by_region.find((one) => one.id === id)?.counts ?? {};
  const meta = (
    <>
      {region.code ? <span>{region.code}</span> : null}
      <Link to="/devices" search={search} className={LINK}>
        {t("count.devices", { count: region.device_count })}
      </Link>
      <Troubles counts={counts} />
    </>
  );
  const aside = (
    <span className="flex items-center gap-3">
      <AddButton look="quiet">
        {(close) => <BranchDialog branch={null} region={id} onClose={close} />}
      </AddButton>
      <Link to="/branches" search={search} className={LINK}>
        {t("action.all")}
      </Link>
    </span>
  );
  return (
    <>
      <PageHeader
        title={region.name}
        meta={meta}
        actions={
          <RegionButtons region={region} onDeleted={() => void navigate({ to: "/regions" })} />
        }
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <ShareBar counts={counts} />
        <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <Panel title={t("nav.branches")} aside={aside} flush>
            <QueryView query={branches}>{(page) => <RegionBranches page={page} />}</QueryView>
          </Panel>
          <div className="flex min-w-0 flex-col gap-3">
            <Panel title={t("nav.incidents")} flush>
              <QueryView query={incidents} rows={3}>
                {({ items }) => <IncidentList incidents={items} none={t("branch.no_incidents")} />}
              </QueryView>
            </Panel>
            <Panel title={t("links.affected")} flush>
              <QueryView query={links} rows={3}>
                {({ items }) => <LinkList links={items} none={t("links.affected.none")} />}
              </QueryView>
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
}
