import { Link } from "@tanstack/react-router";
import type { Counts, Region } from "@/api/types";
import { useFormat } from "@/format";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { ShareBar, Troubles } from "@/ui/roll-up";
import type { Column } from "@/ui/table/columns";

type CountsById = ReadonlyMap<number, Counts>;

export function regionColumns(t: Translate, counts: CountsById): Column<Region>[] {
  return [
    {
      id: "name",
      label: t("device.region"),
      width: "minmax(160px, 2fr)",
      sort: "name",
      cell: (row) => <Name row={row} />,
    },
    {
      id: "code",
      label: t("branch.code"),
      width: "96px",
      sort: "code",
      cell: (row) => row.code || "–",
    },
    {
      id: "state",
      label: t("device.status"),
      width: "minmax(160px, 1fr)",
      cell: (row) => <Troubles counts={counts.get(row.id) ?? {}} />,
    },
    {
      id: "share",
      label: t("branch.share"),
      width: "minmax(144px, 1fr)",
      cell: (row) => <ShareBar counts={counts.get(row.id) ?? {}} />,
    },
    {
      id: "branches",
      label: t("nav.branches"),
      width: "112px",
      sort: "branch_count",
      right: true,
      cell: (row) => <Branches row={row} />,
    },
    {
      id: "devices",
      label: t("nav.devices"),
      width: "136px",
      sort: "device_count",
      right: true,
      cell: (row) => <Devices row={row} />,
    },
  ];
}

function Name({ row }: { row: Region }) {
  return (
    <Link to="/regions/$id" params={{ id: row.id }} className="font-medium hover:underline">
      {row.name}
    </Link>
  );
}

function Branches({ row }: { row: Region }) {
  const format = useFormat();
  return (
    <Link to="/branches" search={{ region_id: String(row.id) }} className="hover:underline">
      {format.number(row.branch_count)}
    </Link>
  );
}

function Devices({ row }: { row: Region }) {
  const format = useFormat();
  return (
    <Link to="/devices" search={{ region_id: String(row.id) }} className="hover:underline">
      {format.number(row.device_count)}
    </Link>
  );
}

export function CompactRegion({ row, counts }: { row: Region; counts: Counts | undefined }) {
  const t = useT();
  return (
    <span className="flex flex-col">
      <span className="flex justify-between gap-2">
        <Name row={row} />
        <Troubles counts={counts ?? {}} />
      </span>
      <span className="truncate text-xs text-muted">
        {t("count.branches", { count: row.branch_count })} ·{" "}
        {t("count.devices", { count: row.device_count })}
      </span>
    </span>
  );
}
