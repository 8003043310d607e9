import { useIncidents } from "@/api/incidents";
import type { Shown } from "@/api/types";
import { useT } from "@/i18n";
import { Dialog } from "@/ui/dialog";
import { IncidentList } from "@/ui/incident-list";
import { Evidence } from "./evidence";

interface EvidenceDialogProps {
  kind: "devices" | "links";
  row: Shown & { id: number; name: string };
  onClose: () => void;
}

/** The answer to "why?" of a device or link. */
export default function EvidenceDialog({ kind, row, onClose }: EvidenceDialogProps) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} title={t("evidence.title", { name: row.name })}>
      <div className="flex flex-col gap-4">
        <Evidence kind={kind} id={row.id} row={row} />
        {row.status === "up" ? null : <Running id={row.id} />}
      </div>
    </Dialog>
  );
}

/** The incidents that it is part of at this moment: where the cause is told. */
function Running({ id }: { id: number }) {
  const t = useT();
  const query = useIncidents({ device_id: id, state: ["open", "acknowledged"], limit: 5 });
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold">{t("evidence.incidents")}</h3>
      <div className="rounded-md border border-line">
        {query.data ? (
          <IncidentList incidents={query.data.items} none={t("evidence.incidents.none")} />
        ) : null}
      </div>
    </section>
  );
}
