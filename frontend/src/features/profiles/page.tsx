import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy } from "react";
import { placePage } from "@/api/places";
import type { Profile } from "@/api/types";
import { useFormat } from "@/format";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { PlaceList } from "@/ui/place-list";
import type { Column } from "@/ui/table/columns";
import { usePagedRows } from "@/ui/table/rows";
import { ProfileButtons } from "./profile-buttons";

const ProfileDialog = lazy(() => import("./profile-dialog"));
const route = getRouteApi("/app/cadences");

/** How often targets are asked. */
export function ProfilesPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/cadences" });
  const rows = usePagedRows((page) =>
    placePage("profiles", { ...search, sort: search.sort ?? "name" }, page),
  );
  return (
    <PlaceList
      title={t("nav.cadences")}
      note={t("cadences.note")}
      filter={t("cadences.search")}
      rows={rows}
      search={search}
      onChange={(next) =>
        void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
      }
      actions={<AddButton>{(close) => <ProfileDialog profile={null} onClose={close} />}</AddButton>}
      none={{ title: t("cadences.none"), text: t("cadences.none.text") }}
      columns={columns(t)}
      compact={(row) => <Compact row={row} />}
    />
  );
}

function columns(t: Translate): Column<Profile>[] {
  return [
    {
      id: "name",
      label: t("device.name"),
      width: "minmax(160px, 1fr)",
      sort: "name",
      cell: (row) => <span className="font-medium">{row.name}</span>,
    },
    {
      id: "cadence",
      label: t("cadence.every"),
      width: "136px",
      sort: "ping_cadence_s",
      right: true,
      cell: (row) => <Every seconds={row.ping_cadence_s} />,
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
      cell: (row) => <ProfileButtons profile={row} />,
    },
  ];
}

function Every({ seconds }: { seconds: number }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {format.number(seconds)} {t("unit.s")}
    </>
  );
}

function Compact({ row }: { row: Profile }) {
  return (
    <span className="flex items-center justify-between gap-2">
      <span className="min-w-0">
        <span className="block truncate font-medium">{row.name}</span>
        <span className="block truncate text-xs text-muted">
          <Every seconds={row.ping_cadence_s} />
          {row.description ? ` · ${row.description}` : ""}
        </span>
      </span>
      <ProfileButtons profile={row} />
    </span>
  );
}
