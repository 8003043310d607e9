import { Link } from "@tanstack/react-router";
import type { Device } from "@/api/types";
import { useT } from "@/i18n";
import { Facts } from "@/ui/facts";
import { Panel } from "@/ui/panel";
import { Stamp } from "@/ui/time";

export function DeviceDetails({ device }: { device: Device }) {
  const t = useT();
  const { parent, region } = device;
  return (
    <Panel title={t("device.details")}>
      <Facts
        facts={[
          [t("device.ip"), device.ip],
          [t("device.vendor"), device.vendor],
          [t("device.model"), device.model],
          [t("device.serial"), device.serial],
          [t("device.region"), region?.name],
          [
            t("device.parent"),
            parent ? (
              <Link
                key="parent"
                to="/devices/$id"
                params={{ id: parent.id }}
                className="text-accent hover:underline"
              >
                {parent.name}
              </Link>
            ) : null,
          ],
          [t("device.site"), device.site.name],
          [t("device.profile"), device.profile?.name],
          [t("device.tags"), device.tags.join(", ")],
          [t("device.notes"), device.notes],
          ...Object.entries(device.custom).map(([name, value]) => [name, String(value)] as const),
          [t("device.created"), <Stamp key="created" time={device.created_at} />],
          [t("device.updated"), <Stamp key="updated" time={device.updated_at} />],
        ]}
      />
    </Panel>
  );
}
