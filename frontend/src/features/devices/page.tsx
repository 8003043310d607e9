import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useWaitingChanges } from "@/api/live-hooks";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { Empty, Failed, Loading } from "@/ui/states";
import { VirtualTable } from "@/ui/table/virtual-table";
import { WaitingBar } from "@/ui/waiting-bar";
import { DeviceActions } from "./actions";
import { CompactDevice, DEFAULT_COLUMNS, deviceColumns } from "./columns";
import { Filters } from "./filters";
import { useDeviceRows } from "./rows";
import type { DeviceSearch } from "./search";
import { changed, deviceFilter } from "./search";
import { useSelection } from "./selection";
import { SelectionBar } from "./selection-bar";

const route = getRouteApi("/app/devices");
const FIRST = "status,-down_since,name";

export function DevicesPage() {
  const t = useT();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/devices" });
  const filter = deviceFilter(search);
  const waiting = useWaitingChanges("devices");
  const rows = useDeviceRows({ ...filter, sort: search.sort ?? FIRST }, waiting.held);
  const change = (next: Partial<DeviceSearch>) =>
    void navigate({ search: (before) => changed(before, next), replace: true });
  const shown = search.columns ?? DEFAULT_COLUMNS;
  const columns = deviceColumns(t).filter((column) => shown.includes(column.id));
  const selection = useSelection(search.selected, rows, (selected) => change({ selected }));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title={t("nav.devices")}
        meta={rows.loaded ? t("list.total", { count: rows.total }) : format.number(rows.total)}
        actions={
          <DeviceActions
            filter={filter}
            shown={shown}
            onColumns={(columns) => change({ columns })}
          />
        }
      />
      <Filters search={search} onChange={change} />
      <div className="relative min-h-0 flex-1 border-t border-line" {...waiting.pointer}>
        <WaitingBar count={waiting.count} onShow={() => void waiting.show()} />
        {rows.error ? (
          <Failed error={rows.error} onRetry={rows.retry} />
        ) : !rows.loaded && rows.total === 0 ? (
          <Loading rows={14} />
        ) : rows.total === 0 ? (
          <Empty title={t("devices.none")} text={t("devices.none.text")} />
        ) : (
          <VirtualTable
            label={t("nav.devices")}
            columns={columns}
            total={rows.total}
            rowAt={rows.rowAt}
            onRange={rows.onRange}
            compact={(row) => <CompactDevice row={row} type={t(`type.${row.type}`)} />}
            sort={search.sort}
            onSort={(sort) => change({ sort })}
            onOpen={(row) => void navigate({ to: "/devices/$id", params: { id: row.id } })}
            {...selection.table}
          />
        )}
      </div>
      <SelectionBar selection={selection} filter={filter} total={rows.total} />
    </div>
  );
}
