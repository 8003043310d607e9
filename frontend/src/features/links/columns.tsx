import { Link as To } from "@tanstack/react-router";
import type { Link } from "@/api/types";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import type { Column } from "@/ui/table/columns";
import { Loss, Rtt, StatusCell } from "@/ui/target-cells";
import { Ago } from "@/ui/time";

const BRANCH = "minmax(128px, 1fr)";

export function linkColumns(t: Translate): Column<Link>[] {
  return [
    {
      id: "status",
      label: t("device.status"),
      width: "176px",
      sort: "status",
      cell: (row) => <StatusCell row={row} />,
    },
    {
      id: "name",
      label: t("link.name"),
      width: "minmax(180px, 2fr)",
      sort: "name",
      cell: (row) => <Name row={row} />,
    },
    {
      id: "branch",
      label: t("device.branch"),
      width: BRANCH,
      sort: "branch",
      cell: (row) => <Branch row={row} />,
    },
    {
      id: "provider",
      label: t("link.provider"),
      width: BRANCH,
      sort: "provider",
      cell: (row) => <Provider row={row} />,
    },
    {
      id: "role",
      label: t("link.role"),
      width: "112px",
      sort: "role",
      cell: (row) => t(`link.role.${row.role}`),
    },
    {
      id: "ip",
      label: t("device.ip"),
      width: "136px",
      sort: "probe_address",
      cell: (row) => row.probe_address,
    },
    {
      id: "rtt",
      label: t("device.rtt"),
      width: "88px",
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
    {
      id: "checked",
      label: t("device.checked"),
      width: "128px",
      sort: "last_checked_at",
      right: true,
      cell: (row) => <Ago time={row.last_checked_at} className="text-muted" />,
    },
  ];
}

function Name({ row }: { row: Link }) {
  return (
    <To to="/links/$id" params={{ id: row.id }} className="font-medium hover:underline">
      {row.name}
    </To>
  );
}

function Branch({ row }: { row: Link }) {
  return (
    <To to="/branches/$id" params={{ id: row.branch.id }} className="hover:underline">
      {row.branch.name}
    </To>
  );
}

function Provider({ row }: { row: Link }) {
  return (
    <To to="/providers/$id" params={{ id: row.provider.id }} className="hover:underline">
      {row.provider.name}
    </To>
  );
}

export function CompactLink({ row }: { row: Link }) {
  const t = useT();
  return (
    <span className="flex flex-col">
      <span className="flex items-center justify-between gap-2">
        <Name row={row} />
        <StatusCell row={row} />
      </span>
      <span className="truncate text-xs text-muted">
        {[row.branch.name, t(`link.role.${row.role}`), row.probe_address].join(" · ")}
      </span>
    </span>
  );
}
