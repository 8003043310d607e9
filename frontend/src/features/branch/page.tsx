import { getRouteApi, Link } from "@tanstack/react-router";
import { useIncidents } from "@/api/incidents";
import { useBranch, useBranchDevices, useLinks } from "@/api/places";
import type { Branch } from "@/api/types";
import { useT } from "@/i18n";
import { Facts } from "@/ui/facts";
import { IncidentList } from "@/ui/incident-list";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { ShareBar, Troubles } from "@/ui/roll-up";
import { BranchButtons } from "./buttons";
import { BranchDevices } from "./devices";
import { BranchLinks } from "./links";

const route = getRouteApi("/app/branches/$id");

export function BranchPage() {
  const { id } = route.useParams();
  const query = useBranch(id);
  return (
    <QueryView page query={query} rows={14}>
      {(branch) => <BranchView branch={branch} />}
    </QueryView>
  );
}

function BranchView({ branch }: { branch: Branch }) {
  const t = useT();
  const devices = useBranchDevices(branch.id);
  const links = useLinks({ branch_id: branch.id, sort: "name" });
  const incidents = useIncidents({ branch_id: branch.id, limit: 20, sort: "-opened_at" });
  const region = (
    <Link
      to="/regions/$id"
      params={{ id: branch.region.id }}
      className="text-accent hover:underline"
    >
      {branch.region.name}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={branch.name}
        meta={
          <>
            {region}
            {branch.code ? <span>{branch.code}</span> : null}
            <Troubles counts={branch.status_counts} />
          </>
        }
        actions={<BranchButtons branch={branch} links={links.data?.total ?? 0} />}
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <ShareBar counts={branch.status_counts} />
        <BranchLinks branch={branch.id} query={links} />
        <div className="grid gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <Panel
            title={t("nav.devices")}
            flush
            aside={
              <Link
                to="/devices"
                search={{ branch_id: String(branch.id) }}
                className="text-sm text-accent hover:underline"
              >
                {t("action.all")}
              </Link>
            }
          >
            <QueryView query={devices}>
              {({ items }) => <BranchDevices devices={items} />}
            </QueryView>
          </Panel>
          <div className="flex min-w-0 flex-col gap-3">
            <Panel title={t("nav.incidents")} flush>
              <QueryView query={incidents} rows={3}>
                {({ items }) => <IncidentList incidents={items} none={t("branch.no_incidents")} />}
              </QueryView>
            </Panel>
            <Panel title={t("device.details")}>
              <Facts
                facts={[
                  [t("branch.city"), branch.city],
                  [t("branch.address"), branch.address],
                  [t("branch.contact"), branch.contact],
                  [t("branch.code"), branch.code],
                  [
                    t("branch.place"),
                    branch.latitude === null || branch.longitude === null
                      ? null
                      : `${branch.latitude}, ${branch.longitude}`,
                  ],
                ]}
              />
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
}
