import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useDashboard } from "@/api/overview";
import { placePage } from "@/api/places";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { PlaceList } from "@/ui/place-list";
import { usePagedRows } from "@/ui/table/rows";
import { CompactProvider, providerColumns } from "./columns";

const ProviderDialog = lazy(() => import("./provider-dialog"));
const route = getRouteApi("/app/providers");

export function ProvidersPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/providers" });
  const rows = usePagedRows((page) =>
    placePage("providers", { ...search, sort: search.sort ?? "name" }, page),
  );
  const counted = useDashboard().data?.providers ?? [];
  const counts = new Map(counted.map((provider) => [provider.id, provider.counts]));
  return (
    <PlaceList
      title={t("nav.providers")}
      note={t("providers.note")}
      filter={t("providers.search")}
      rows={rows}
      search={search}
      onChange={(next) =>
        void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
      }
      actions={
        <AddButton>{(close) => <ProviderDialog provider={null} onClose={close} />}</AddButton>
      }
      none={{ title: t("providers.none"), text: t("providers.none.text") }}
      columns={providerColumns(t, counts)}
      compact={(row) => <CompactProvider row={row} counts={counts.get(row.id)} />}
      onOpen={(row) => void navigate({ to: "/providers/$id", params: { id: row.id } })}
    />
  );
}
