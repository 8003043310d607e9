import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useDevice } from "@/api/devices";
import type { Device } from "@/api/types";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { EventsPanel } from "../target/events-panel";
import { HistoryPanel } from "../target/history-panel";
import { rangeOf } from "../target/ranges";
import { WatchedState } from "../target/watched-state";
import { DeviceButtons } from "./buttons";
import { DeviceDetails } from "./details";
import { DeviceIncidents } from "./incidents";

const route = getRouteApi("/app/devices/$id");

export function DevicePage() {
  const { id } = route.useParams();
  return (
    <QueryView page query={useDevice(id)} rows={14}>
      {(device) => <DeviceView device={device} />}
    </QueryView>
  );
}

function DeviceView({ device }: { device: Device }) {
  const { range } = route.useSearch();
  const navigate = useNavigate({ from: "/devices/$id" });
  return (
    <>
      <PageHeader
        title={device.name}
        meta={<Place device={device} />}
        actions={<DeviceButtons device={device} />}
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <WatchedState kind="devices" row={device} />
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
            <DeviceIncidents id={device.id} />
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
