import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useWaitingChanges } from "@/api/live-hooks";
import { useLinks } from "@/api/places";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { Empty } from "@/ui/states";
import { VirtualTable } from "@/ui/table/virtual-table";
import { WaitingBar } from "@/ui/waiting-bar";
import { CompactLink, linkColumns } from "./columns";
import { LinkFilters } from "./filters";
import type { LinkSearch } from "./search";
import { linkQuery } from "./search";

const route = getRouteApi("/app/links");

export function LinksPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/links" });
  const waiting = useWaitingChanges("links");
  const query = useLinks(linkQuery(search), waiting.held);
  const change = (next: Partial<LinkSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title={t("nav.links")}
        meta={query.data ? t("list.total", { count: query.data.total }) : null}
      />
      <LinkFilters search={search} onChange={change} />
      <div className="relative min-h-0 flex-1 border-t border-line" {...waiting.pointer}>
        <WaitingBar count={waiting.count} onShow={() => void waiting.show()} />
        <QueryView query={query} rows={14}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t("links.none")} text={t("links.none.text")} />
            ) : (
              <VirtualTable
                label={t("nav.links")}
                columns={linkColumns(t)}
                total={items.length}
                rowAt={(index) => items[index]}
                compact={(row) => <CompactLink row={row} />}
                sort={search.sort}
                onSort={(sort) => change({ sort })}
                onOpen={(row) => void navigate({ to: "/links/$id", params: { id: row.id } })}
              />
            )
          }
        </QueryView>
      </div>
    </div>
  );
}
