import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useDashboard } from "@/api/overview";
import { placePage } from "@/api/places";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { PlaceList } from "@/ui/place-list";
import { usePagedRows } from "@/ui/table/rows";
import { CompactRegion, regionColumns } from "./columns";

const RegionDialog = lazy(() => import("./region-dialog"));
const route = getRouteApi("/app/regions");

export function RegionsPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/regions" });
  const rows = usePagedRows((page) =>
    placePage("regions", { ...search, sort: search.sort ?? "name" }, page),
  );
  const counted = useDashboard().data?.by_region ?? [];
  const counts = new Map(counted.map((region) => [region.id, region.counts]));
  return (
    <PlaceList
      title={t("nav.regions")}
      note={t("regions.note")}
      filter={t("branches.search")}
      rows={rows}
      search={search}
      onChange={(next) =>
        void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
      }
      actions={<AddButton>{(close) => <RegionDialog region={null} onClose={close} />}</AddButton>}
      none={{ title: t("regions.none"), text: t("regions.none.text") }}
      columns={regionColumns(t, counts)}
      compact={(row) => <CompactRegion row={row} counts={counts.get(row.id)} />}
      onOpen={(row) => void navigate({ to: "/regions/$id", params: { id: row.id } })}
    />
  );
}
