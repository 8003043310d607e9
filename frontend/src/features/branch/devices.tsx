import { Link } from "@tanstack/react-router";
import type { Device } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import { Rtt, StatusCell } from "@/ui/target-cells";

/** The devices of one branch, worst first. */
export function BranchDevices({ devices }: { devices: Device[] }) {
  const t = useT();
  if (devices.length === 0) {
    return <p className="p-3 text-muted">{t("branch.no_devices")}</p>;
  }
  const rank = (device: Device) => STATUSES.indexOf(device.status);
  return (
    <ul>
      {devices
        .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
        .map((device) => (
          <li key={device.id} className="border-b border-line last:border-0">
            <Link
              to="/devices/$id"
              params={{ id: device.id }}
              className="grid grid-cols-[176px_minmax(0,2fr)_minmax(0,1fr)_112px_72px] items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto]"
            >
              <StatusCell row={device} />
              <span className="truncate font-medium max-md:row-start-1">{device.name}</span>
              <span className="truncate text-muted max-md:hidden">{t(`type.${device.type}`)}</span>
              <span className="max-md:hidden">{device.ip}</span>
              <span className="text-right max-md:hidden">
                <Rtt value={device.rtt_ms} />
              </span>
            </Link>
          </li>
        ))}
    </ul>
  );
}
