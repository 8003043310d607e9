import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useDevice, useDeviceIncidents } from "@/api/devices";
import type { Device } from "@/api/types";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { StateHeader } from "@/ui/state-header";
import { EventsPanel } from "../target/events-panel";
import { HistoryPanel } from "../target/history-panel";
import { IncidentList } from "../target/incident-list";
import { rangeOf } from "../target/ranges";
import { DeviceActions } from "./actions";
import { DeviceDetails } from "./details";

const route = getRouteApi("/app/devices/$id");

export function DevicePage() {
  const { id } = route.useParams();
  return (
    <QueryView query={useDevice(id)} rows={14}>
      {(device) => <DeviceView device={device} />}
    </QueryView>
  );
}

function DeviceView({ device }: { device: Device }) {
  const t = useT();
  const { range } = route.useSearch();
  const navigate = useNavigate({ from: "/devices/$id" });
  const incidents = useDeviceIncidents(device.id);
  return (
    <>
      <PageHeader
        title={device.name}
        meta={<Place device={device} />}
        actions={<DeviceActions device={device} />}
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <StateHeader row={device} />
        <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,5fr)_minmax(320px,2fr)]">
          <div className="flex min-w-0 flex-col gap-3">
            <HistoryPanel
              kind="devices"
              id={device.id}
              range={rangeOf(range)}
              onRange={(next) => void navigate({ search: { range: next }, replace: true })}
            />
            <EventsPanel kind="devices" id={device.id} />
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            <Panel title={t("nav.incidents")} flush>
              <QueryView query={incidents} rows={3}>
                {({ items }) => <IncidentList incidents={items} none={t("device.no_incidents")} />}
              </QueryView>
            </Panel>
            <DeviceDetails device={device} />
          </div>
        </div>
      </div>
    </>
  );
}

function Place({ device }: { device: Device }) {
  const t = useT();
  return (
    <>
      <span>{t(`type.${device.type}`)}</span>
      <span className="text-text">{device.ip}</span>
      {device.branch ? (
        <Link
          to="/branches/$id"
          params={{ id: device.branch.id }}
          className="text-accent hover:underline"
        >
          {device.branch.name}
        </Link>
      ) : null}
    </>
  );
}
