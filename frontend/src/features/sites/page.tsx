import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { placePage } from "@/api/places";
import type { Site } from "@/api/types";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { PlaceList } from "@/ui/place-list";
import type { Column } from "@/ui/table/columns";
import { usePagedRows } from "@/ui/table/rows";
import { SiteButtons } from "./site-buttons";

const SiteDialog = lazy(() => import("./site-dialog"));
const route = getRouteApi("/app/sites");

/** Where workers stand. */
export function SitesPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/sites" });
  const rows = usePagedRows((page) =>
    placePage("sites", { ...search, sort: search.sort ?? "name" }, page),
  );
  return (
    <PlaceList
      title={t("nav.sites")}
      note={t("sites.note")}
      filter={t("cadences.search")}
      rows={rows}
      search={search}
      onChange={(next) =>
        void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
      }
      actions={<AddButton>{(close) => <SiteDialog site={null} onClose={close} />}</AddButton>}
      none={{ title: t("sites.none"), text: t("sites.note") }}
      columns={columns(t)}
      compact={(row) => <Compact row={row} />}
    />
  );
}

function columns(t: Translate): Column<Site>[] {
  return [
    {
      id: "name",
      label: t("device.site"),
      width: "minmax(160px, 1fr)",
      sort: "name",
      cell: (row) => <span className="font-medium">{row.name}</span>,
    },
    {
      id: "description",
      label: t("cadence.description"),
      width: "minmax(200px, 3fr)",
      cell: (row) => row.description || "–",
    },
    {
      id: "actions",
      label: t("list.actions"),
      width: "104px",
      right: true,
      cell: (row) => <SiteButtons site={row} />,
    },
  ];
}

function Compact({ row }: { row: Site }) {
  return (
    <span className="flex items-center justify-between gap-2">
      <span className="min-w-0">
        <span className="block truncate font-medium">{row.name}</span>
        <span className="block truncate text-xs text-muted">{row.description || "–"}</span>
      </span>
      <SiteButtons site={row} />
    </span>
  );
}
