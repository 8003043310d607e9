import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useDashboard } from "@/api/overview";
import { useLinks, useProvider } from "@/api/places";
import type { Provider } from "@/api/types";
import { ProviderButtons } from "@/features/providers/provider-buttons";
import { useT } from "@/i18n";
import { Facts } from "@/ui/facts";
import { LinkList } from "@/ui/link-list";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { ShareBar, Troubles } from "@/ui/roll-up";

const route = getRouteApi("/app/providers/$id");
const LINK = "text-sm text-accent hover:underline";

export function ProviderPage() {
  const { id } = route.useParams();
  return (
    <QueryView page query={useProvider(id)} rows={12}>
      {(provider) => <ProviderView provider={provider} />}
    </QueryView>
  );
}

function ProviderView({ provider }: { provider: Provider }) {
  const t = useT();
  const navigate = useNavigate();
  const { id } = provider;
  const search = { provider_id: String(id) };
  const links = useLinks({ provider_id: id, sort: "status,name" });
  const affected = useLinks({
    provider_id: id,
    status: ["down", "unreachable", "flapping", "stale"],
    sort: "-down_since",
  });
  const counts = useDashboard().data?.providers.find((one) => one.id === id)?.counts ?? {};
  const all = (
    <Link to="/links" search={search} className={LINK}>
      {t("action.all")}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={provider.name}
        meta={
          <>
            <Link to="/links" search={search} className={LINK}>
              {t("overview.links", { count: provider.link_count })}
            </Link>
            <Troubles counts={counts} />
          </>
        }
        actions={
          <ProviderButtons
            provider={provider}
            onDeleted={() => void navigate({ to: "/providers" })}
          />
        }
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <ShareBar counts={counts} />
        <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <Panel title={t("nav.links")} aside={all} flush>
            <QueryView query={links}>
              {({ items }) => <LinkList links={items} none={t("overview.no_links")} />}
            </QueryView>
          </Panel>
          <div className="flex min-w-0 flex-col gap-3">
            <Panel title={t("provider.affected")} flush>
              <QueryView query={affected} rows={3}>
                {({ items }) => <LinkList links={items} none={t("links.affected.none")} />}
              </QueryView>
            </Panel>
            <Panel title={t("device.details")}>
              <Facts
                facts={[
                  [t("provider.phone"), provider.phone || "–"],
                  [t("branch.contact"), provider.contact || "–"],
                ]}
              />
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
}
