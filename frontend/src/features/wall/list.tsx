import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { DeviceType, Status, Wall } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { StatusMark } from "@/ui/status-mark";
import type { Column } from "@/ui/table/columns";
import { VirtualTable } from "@/ui/table/virtual-table";

/** The wall as a table: the same rows for those who read rather than look. */
export function WallList({ wall, sorted }: { wall: Wall; sorted: readonly number[] }) {
  const t = useT();
  const navigate = useNavigate();
  const columns = useMemo(() => columnsOf(wall, t), [wall, t]);
  return (
    <div className="min-h-0 flex-1 overflow-hidden rounded-md border border-line">
      <VirtualTable<number>
        label={t("nav.wall")}
        columns={columns}
        total={sorted.length}
        rowAt={(index) => sorted[index]}
        compact={(at) => (
          <span className="flex flex-col">
            <span className="flex justify-between gap-2">
              <Name wall={wall} at={at} />
              <StatusMark status={wall.devices.status[at] as Status} />
            </span>
            <span className="text-xs text-muted">{wall.devices.ip[at]}</span>
          </span>
        )}
        onOpen={(at) =>
          void navigate({ to: "/devices/$id", params: { id: wall.devices.id[at] ?? 0 } })
        }
      />
    </div>
  );
}

function columnsOf(wall: Wall, t: Translate): Column<number>[] {
  const { status, ip, type } = wall.devices;
  const branches = new Map(wall.branches.map((branch) => [branch.id, branch]));
  const regions = new Map(wall.regions.map((region) => [region.id, region.name]));
  const branchOf = (at: number) => branches.get(wall.devices.branch_id[at] ?? 0);
  return [
    {
      id: "status",
      label: t("device.status"),
      width: "128px",
      cell: (at) => <StatusMark status={status[at] as Status} />,
    },
    {
      id: "since",
      label: t("device.since"),
      width: "104px",
      cell: (at) => <Since wall={wall} at={at} />,
    },
    {
      id: "name",
      label: t("device.name"),
      width: "minmax(160px, 2fr)",
      cell: (at) => <Name wall={wall} at={at} />,
    },
    { id: "ip", label: t("device.ip"), width: "128px", cell: (at) => ip[at] },
    {
      id: "type",
      label: t("device.type"),
      width: "minmax(112px, 1fr)",
      cell: (at) => t(`type.${type[at] as DeviceType}`),
    },
    {
      id: "branch",
      label: t("device.branch"),
      width: "minmax(112px, 1fr)",
      cell: (at) => branchOf(at)?.name ?? "–",
    },
    {
      id: "region",
      label: t("device.region"),
      width: "minmax(112px, 1fr)",
      cell: (at) => regions.get(branchOf(at)?.region_id ?? 0) ?? "–",
    },
  ];
}

function Name({ wall, at }: { wall: Wall; at: number }) {
  return (
    <Link
      to="/devices/$id"
      params={{ id: wall.devices.id[at] ?? 0 }}
      className="truncate font-medium hover:underline"
    >
      {wall.devices.name[at]}
    </Link>
  );
}

function Since({ wall, at }: { wall: Wall; at: number }) {
  const format = useFormat();
  const now = useNow() / 1000;
  const since = wall.devices.down_since[at] ?? wall.devices.status_since[at];
  return <>{since ? format.duration(now - since) : "–"}</>;
}
