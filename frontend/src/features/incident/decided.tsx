import type { IncidentDetail, TimelineEntry } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { Facts } from "@/ui/facts";
import { Stamp } from "@/ui/time";
import { useProof } from "../target/proof";

/** From the first lost packet to the incident: when, how many, and what was counted. */
export function Decided({ incident }: { incident: IncidentDetail }) {
  const t = useT();
  const format = useFormat();
  const proof = useProof();
  const entryOf = (kind: string) => incident.timeline.find((entry) => entry.kind === kind);
  const first = entryOf("first_lost");
  const confirmed = entryOf("confirmed");
  const after = (entry: TimelineEntry) =>
    first ? format.duration((Date.parse(entry.at) - Date.parse(first.at)) / 1000) : "–";
  if (!first) {
    return null;
  }
  // Nothing but silence and a refusal from the way opens an incident, so a code is ICMP's.
  const counted = proof({ evidence: first.data, reason: "unreachable" });
  return (
    <Facts
      facts={[
        [t("timeline.first_lost"), <Stamp key="first" time={first.at} />],
        [
          t("evidence.proof"),
          counted.length ? counted.map((told) => <p key={told}>{told}</p>) : null,
        ],
        [
          t("timeline.confirmed"),
          confirmed
            ? t("evidence.confirmed", {
                duration: after(confirmed),
                count: Number(confirmed.data.targets ?? incident.subject_count),
              })
            : null,
        ],
      ]}
    />
  );
}
