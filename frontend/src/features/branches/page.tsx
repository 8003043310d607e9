import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { branchPage } from "@/api/places";
import { idOf } from "@/app/search";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { ChoiceFilter } from "@/ui/choice-filter";
import { FilterReset } from "@/ui/filter-reset";
import { ListPage } from "@/ui/list-page";
import { SearchBox } from "@/ui/search-box";
import { Empty } from "@/ui/states";
import { PagedTable } from "@/ui/table/paged-table";
import { usePagedRows } from "@/ui/table/rows";
import { branchColumns, CompactBranch } from "./columns";
import type { BranchSearch } from "./search";

const BranchDialog = lazy(() => import("./branch-dialog"));
const route = getRouteApi("/app/branches");

export function BranchesPage() {
  const t = useT();
  const { q, region_id, sort } = route.useSearch();
  const navigate = useNavigate({ from: "/branches" });
  const query = { q, region_id: idOf(region_id), sort: sort ?? "name" };
  const rows = usePagedRows((page) => branchPage(query, page));
  const change = (next: Partial<BranchSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const filters = (
    <>
      <SearchBox
        label={t("branches.search")}
        value={q ?? ""}
        onChange={(text) => change({ q: text || undefined })}
      />
      <ChoiceFilter
        kind="regions"
        label={t("device.region")}
        chosen={region_id}
        onChange={(id) => change({ region_id: id })}
      />
      <FilterReset search={{ q, region_id }} onChange={change} />
    </>
  );
  return (
    <ListPage
      title={t("nav.branches")}
      rows={rows}
      actions={
        <AddButton>
          {(close) => <BranchDialog branch={null} region={idOf(region_id)} onClose={close} />}
        </AddButton>
      }
      filters={filters}
    >
      <PagedTable
        rows={rows}
        empty={<Empty title={t("branches.none")} text={t("branches.none.text")} />}
        label={t("nav.branches")}
        columns={branchColumns(t)}
        compact={(row) => <CompactBranch row={row} />}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        onOpen={(row) => void navigate({ to: "/branches/$id", params: { id: row.id } })}
      />
    </ListPage>
  );
}
