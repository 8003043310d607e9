import { Link } from "@tanstack/react-router";
import type { Branch } from "@/api/types";
import type { Translate } from "@/i18n";
import { ShareBar, Troubles } from "@/ui/roll-up";
import type { Column } from "@/ui/table/columns";

export function branchColumns(t: Translate): Column<Branch>[] {
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
      sort: "region",
      cell: (row) => <Region row={row} />,
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
      width: "128px",
      sort: "device_count",
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

function Region({ row }: { row: Branch }) {
  return (
    <Link to="/regions/$id" params={{ id: row.region.id }} className="hover:underline">
      {row.region.name}
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

export function CompactBranch({ row }: { row: Branch }) {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex justify-between gap-2">
        <Name row={row} />
        <Troubles counts={row.status_counts} />
      </span>
      <span className="truncate text-xs text-muted">
        {[row.region.name, row.city, row.code].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}
