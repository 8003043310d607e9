import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useBranches, useChoices } from "@/api/places";
import type { Branch } from "@/api/types";
import { idOf } from "@/app/search";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { FilterMenu } from "@/ui/filter-menu";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { ShareBar, Troubles } from "@/ui/roll-up";
import { SearchBox } from "@/ui/search-box";
import { Empty } from "@/ui/states";
import type { Column } from "@/ui/table/columns";
import { VirtualTable } from "@/ui/table/virtual-table";
import type { BranchSearch } from "./search";

const route = getRouteApi("/app/branches");

export function BranchesPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/branches" });
  const regions = useChoices("regions").data ?? [];
  const query = useBranches({
    q: search.q,
    region_id: idOf(search.region_id),
    sort: search.sort ?? "name",
  });
  const change = (next: Partial<BranchSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title={t("nav.branches")}
        meta={query.data ? t("list.total", { count: query.data.total }) : null}
      />
      <search className="flex flex-wrap items-center gap-2 px-4 pb-2 max-md:px-3">
        <SearchBox
          label={t("branches.search")}
          value={search.q ?? ""}
          onChange={(q) => change({ q: q || undefined })}
        />
        <FilterMenu
          label={t("device.region")}
          chosen={search.region_id ? [search.region_id] : []}
          options={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(next) => change({ region_id: next.at(-1) })}
        />
      </search>
      <div className="min-h-0 flex-1 border-t border-line">
        <QueryView query={query} rows={14}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t("branches.none")} />
            ) : (
              <VirtualTable
                label={t("nav.branches")}
                columns={columns(t)}
                total={items.length}
                rowAt={(index) => items[index]}
                compact={(row) => <Compact row={row} />}
                sort={search.sort}
                onSort={(sort) => change({ sort })}
                onOpen={(row) => void navigate({ to: "/branches/$id", params: { id: row.id } })}
              />
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

function columns(t: Translate): Column<Branch>[] {
  return [
    {
      id: "name",
      label: t("branch.name"),
      width: "minmax(160px, 2fr)",
      sort: "name",
      cell: (row) => <Name row={row} />,
    },
    { id: "code", label: t("branch.code"), width: "88px", sort: "code", cell: (row) => row.code },
    {
      id: "city",
      label: t("branch.city"),
      width: "minmax(96px, 1fr)",
      sort: "city",
      cell: (row) => row.city || "–",
    },
    {
      id: "region",
      label: t("device.region"),
      width: "minmax(128px, 1fr)",
      cell: (row) => row.region.name,
    },
    {
      id: "state",
      label: t("device.status"),
      width: "minmax(144px, 1fr)",
      cell: (row) => <Troubles counts={row.status_counts} />,
    },
    {
      id: "share",
      label: t("branch.share"),
      width: "144px",
      cell: (row) => <ShareBar counts={row.status_counts} />,
    },
    {
      id: "devices",
      label: t("nav.devices"),
      width: "96px",
      right: true,
      cell: (row) => <Devices row={row} />,
    },
  ];
}

function Name({ row }: { row: Branch }) {
  return (
    <Link to="/branches/$id" params={{ id: row.id }} className="font-medium hover:underline">
      {row.name}
    </Link>
  );
}

function Devices({ row }: { row: Branch }) {
  return (
    <Link to="/devices" search={{ branch_id: String(row.id) }} className="hover:underline">
      {row.device_count}
    </Link>
  );
}

function Compact({ row }: { row: Branch }) {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex justify-between gap-2">
        <Name row={row} />
        <Troubles counts={row.status_counts} />
      </span>
      <span className="truncate text-xs text-muted">
        {row.region.name} · {row.code}
      </span>
    </span>
  );
}
