import { Link } from "@tanstack/react-router";
import type { Device } from "@/api/types";
import type { Translate } from "@/i18n";
import type { Column } from "@/ui/table/columns";
import { Loss, Rtt, StatusCell } from "@/ui/target-cells";
import { Ago } from "@/ui/time";
import { trendColumn } from "./trend-column";

export const DEFAULT_COLUMNS = [
  "status",
  "name",
  "ip",
  "type",
  "branch",
  "region",
  "rtt",
  "loss",
  "trend",
  "checked",
];

/** Every column a device can show; `DEFAULT_COLUMNS` are shown until the user chooses. */
export function deviceColumns(t: Translate): Column<Device>[] {
  return [
    {
      id: "status",
      label: t("device.status"),
      width: "184px",
      sort: "status",
      cell: (row) => <StatusCell row={row} />,
    },
    {
      id: "name",
      label: t("device.name"),
      width: "minmax(168px, 2fr)",
      sort: "name",
      cell: (row) => <Name row={row} />,
    },
    { id: "ip", label: t("device.ip"), width: "124px", sort: "ip", cell: (row) => row.ip },
    {
      id: "type",
      label: t("device.type"),
      width: "minmax(112px, 1fr)",
      sort: "type",
      cell: (row) => t(`type.${row.type}`),
    },
    {
      id: "branch",
      label: t("device.branch"),
      width: "minmax(112px, 1fr)",
      sort: "branch",
      cell: (row) => <Branch row={row} />,
    },
    {
      id: "region",
      label: t("device.region"),
      width: "minmax(112px, 1fr)",
      sort: "region",
      cell: (row) => row.region?.name ?? "–",
    },
    {
      id: "vendor",
      label: t("device.vendor"),
      width: "104px",
      sort: "vendor",
      cell: (row) => row.vendor || "–",
    },
    { id: "model", label: t("device.model"), width: "120px", cell: (row) => row.model || "–" },
    { id: "serial", label: t("device.serial"), width: "120px", cell: (row) => row.serial || "–" },
    { id: "site", label: t("device.site"), width: "96px", cell: (row) => row.site.name },
    {
      id: "tags",
      label: t("device.tags"),
      width: "120px",
      cell: (row) => row.tags.join(", ") || "–",
    },
    {
      id: "rtt",
      label: t("device.rtt"),
      width: "80px",
      sort: "rtt_ms",
      right: true,
      cell: (row) => <Rtt value={row.rtt_ms} />,
    },
    {
      id: "loss",
      label: t("device.loss"),
      width: "80px",
      sort: "loss_ratio",
      right: true,
      cell: (row) => <Loss ratio={row.loss_ratio} />,
    },
    trendColumn(t),
    {
      id: "checked",
      label: t("device.checked"),
      width: "112px",
      sort: "last_checked_at",
      right: true,
      cell: (row) => <Ago time={row.last_checked_at} className="text-muted" />,
    },
  ];
}

function Name({ row }: { row: Device }) {
  return (
    <Link to="/devices/$id" params={{ id: row.id }} className="font-medium hover:underline">
      {row.name}
    </Link>
  );
}

function Branch({ row }: { row: Device }) {
  return row.branch ? (
    <Link to="/branches/$id" params={{ id: row.branch.id }} className="hover:underline">
      {row.branch.name}
    </Link>
  ) : (
    "–"
  );
}

/** A device in the two lines that a telephone has room for. */
export function CompactDevice({ row, type }: { row: Device; type: string }) {
  return (
    <span className="flex flex-col">
      <span className="flex items-center justify-between gap-2">
        <Name row={row} />
        <StatusCell row={row} />
      </span>
      <span className="truncate text-xs text-muted">
        {[type, row.ip, row.branch?.name].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}
