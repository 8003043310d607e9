import { useDevice } from "@/api/devices";
import { useLink } from "@/api/places";
import type { IncidentDetail } from "@/api/types";
import { useT } from "@/i18n";
import { Dialog } from "@/ui/dialog";
import { QueryView } from "@/ui/query-view";
import { Evidence } from "../target/evidence";
import { Cause } from "./cause";
import { Decided } from "./decided";

interface EvidenceDialogProps {
  incident: IncidentDetail;
  title: string;
  onClose: () => void;
}

interface Witness {
  id: number;
  told: string | undefined;
}

/** The target that an incident is best explained by: its cause, or the first that fell silent. */
function witnessOf({ cause, subjects, timeline }: IncidentDetail) {
  const first = timeline.find((entry) => entry.kind === "first_lost")?.data.target_id;
  const id = cause && cause.kind !== "branch" ? cause.id : first;
  return subjects.find((subject) => subject.id === id) ?? subjects[0];
}

/** The answer to "why?" of an incident: how it was decided, and one target's proof. */
export default function EvidenceDialog({ incident, title, onClose }: EvidenceDialogProps) {
  const t = useT();
  const witness = witnessOf(incident);
  const told = incident.timeline.find((entry) => entry.kind === "first_lost")?.at;
  return (
    <Dialog open onClose={onClose} title={t("evidence.title", { name: title })} wide>
      <div className="flex flex-col gap-4">
        <Cause incident={incident} />
        <Decided incident={incident} />
        {witness ? (
          <section className="flex flex-col gap-3 border-t border-line pt-4">
            <h3 className="font-semibold">{t("evidence.witness", { name: witness.name })}</h3>
            {witness.kind === "device" ? (
              <Device id={witness.id} told={told} />
            ) : (
              <Link id={witness.id} told={told} />
            )}
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}

function Device({ id, told }: Witness) {
  return (
    <QueryView query={useDevice(id)} rows={5}>
      {(device) => <Evidence kind="devices" id={id} row={device} told={told} />}
    </QueryView>
  );
}

function Link({ id, told }: Witness) {
  return (
    <QueryView query={useLink(id)} rows={5}>
      {(link) => <Evidence kind="links" id={id} row={link} told={told} />}
    </QueryView>
  );
}
