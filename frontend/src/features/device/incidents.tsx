import { useDeviceIncidents } from "@/api/devices";
import { useT } from "@/i18n";
import { IncidentList } from "@/ui/incident-list";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";

export function DeviceIncidents({ id }: { id: number }) {
  const t = useT();
  const query = useDeviceIncidents(id);
  return (
    <Panel title={t("nav.incidents")} flush>
      <QueryView query={query} rows={3}>
        {({ items }) => <IncidentList incidents={items} none={t("device.no_incidents")} />}
      </QueryView>
    </Panel>
  );
}
