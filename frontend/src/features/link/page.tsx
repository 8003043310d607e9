import { getRouteApi, Link as To, useNavigate } from "@tanstack/react-router";
import { useLink } from "@/api/places";
import type { Link } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { Details } from "@/ui/details";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { StateHeader } from "@/ui/state-header";
import { EventsPanel } from "../target/events-panel";
import { HistoryPanel } from "../target/history-panel";
import { rangeOf } from "../target/ranges";

const route = getRouteApi("/app/links/$id");

export function LinkPage() {
  const { id } = route.useParams();
  return (
    <QueryView query={useLink(id)} rows={14}>
      {(link) => <LinkView link={link} />}
    </QueryView>
  );
}

function LinkView({ link }: { link: Link }) {
  const t = useT();
  const { range } = route.useSearch();
  const navigate = useNavigate({ from: "/links/$id" });
  return (
    <>
      <PageHeader title={link.name} meta={<span>{t(`link.role.${link.role}`)}</span>} />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <StateHeader row={link} />
        <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,5fr)_minmax(320px,2fr)]">
          <div className="flex min-w-0 flex-col gap-3">
            <HistoryPanel
              kind="links"
              id={link.id}
              range={rangeOf(range)}
              onRange={(next) => void navigate({ search: { range: next }, replace: true })}
            />
            <EventsPanel kind="links" id={link.id} />
          </div>
          <LinkDetails link={link} />
        </div>
      </div>
    </>
  );
}

function LinkDetails({ link }: { link: Link }) {
  const t = useT();
  const format = useFormat();
  const { branch, provider, bandwidth_mbps: mbps } = link;
  return (
    <Panel title={t("device.details")}>
      <Details
        rows={[
          [
            t("device.branch"),
            <To
              key="branch"
              to="/branches/$id"
              params={{ id: branch.id }}
              className="text-accent hover:underline"
            >
              {branch.name}
            </To>,
          ],
          [
            t("link.provider"),
            <To
              key="provider"
              to="/links"
              search={{ provider_id: String(provider.id) }}
              className="text-accent hover:underline"
            >
              {provider.name}
            </To>,
          ],
          [t("device.ip"), link.probe_address],
          [t("link.source"), link.source_address],
          [t("link.circuit"), link.circuit_id],
          [t("link.bandwidth"), mbps === null ? null : `${format.number(mbps)} Mbit/s`],
          [t("device.site"), link.site.name],
          [t("device.profile"), link.profile?.name],
        ]}
      />
    </Panel>
  );
}
