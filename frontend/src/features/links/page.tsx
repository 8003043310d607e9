import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useWaitingChanges } from "@/api/live-hooks";
import { linkPage } from "@/api/places";
import { idOf } from "@/app/search";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { ListPage } from "@/ui/list-page";
import { Empty } from "@/ui/states";
import { PagedTable } from "@/ui/table/paged-table";
import { usePagedRows } from "@/ui/table/rows";
import { WaitingBar } from "@/ui/waiting-bar";
import { CompactLink, linkColumns } from "./columns";
import { LinkFilters } from "./filters";
import type { LinkSearch } from "./search";
import { linkQuery } from "./search";

const LinkDialog = lazy(() => import("./link-dialog"));
const route = getRouteApi("/app/links");

export function LinksPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/links" });
  const waiting = useWaitingChanges("links");
  const rows = usePagedRows((page) => linkPage(linkQuery(search), page, waiting.held));
  const change = (next: Partial<LinkSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <ListPage
      title={t("nav.links")}
      rows={rows}
      actions={
        <AddButton>
          {(close) => <LinkDialog link={null} branch={idOf(search.branch_id)} onClose={close} />}
        </AddButton>
      }
      filters={<LinkFilters search={search} onChange={change} />}
    >
      <div className="h-full" {...waiting.pointer}>
        <WaitingBar count={waiting.count} onShow={() => void waiting.show()} />
        <PagedTable
          rows={rows}
          empty={<Empty title={t("links.none")} text={t("links.none.text")} />}
          label={t("nav.links")}
          columns={linkColumns(t)}
          compact={(row) => <CompactLink row={row} />}
          sort={search.sort}
          onSort={(sort) => change({ sort })}
          onOpen={(row) => void navigate({ to: "/links/$id", params: { id: row.id } })}
        />
      </div>
    </ListPage>
  );
}
