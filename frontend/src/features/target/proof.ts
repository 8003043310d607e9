import type { StatusEvent } from "@/api/types";
import { useFormat } from "@/format";
import type { Key, Translate } from "@/i18n";
import { useT } from "@/i18n";

// ICMP type and code, of IPv4 and of IPv6 (RFC 792, RFC 4443), by what they mean to a person.
const REFUSALS: Record<string, Key> = {
  "3/0": "proof.network",
  "3/1": "proof.host",
  "3/9": "proof.forbidden",
  "3/10": "proof.forbidden",
  "3/13": "proof.forbidden",
  "11/0": "proof.loop",
  "1/0": "proof.network",
  "1/1": "proof.forbidden",
  "1/3": "proof.host",
  "3/3": "proof.port",
  "1/4": "proof.port",
};

const numberIn = (evidence: StatusEvent["evidence"], name: string) => {
  const value = evidence[name];
  return typeof value === "number" ? value : null;
};

/** `code` is ICMP type * 256 + code. */
function refusal(code: number, t: Translate): string {
  const type = code >> 8;
  const inner = code & 255;
  const meaning = REFUSALS[`${type}/${inner}`];
  return `${t("proof.icmp", { type, code: inner })} ${meaning ? t(meaning) : ""}`.trim();
}

/** What was measured when a state changed, in sentences; none where nothing was noted. */
export function useProof(): (event: Pick<StatusEvent, "evidence" | "reason">) => string[] {
  const t = useT();
  const format = useFormat();
  return ({ evidence, reason }) => {
    const told: string[] = [];
    const sent = numberIn(evidence, "sent");
    const lost = numberIn(evidence, "lost") ?? 0;
    const code = numberIn(evidence, "code");
    const rtt = numberIn(evidence, "rtt_ms");
    if (sent !== null) {
      told.push(t("proof.packets", { sent, answered: sent - lost }));
    }
    if (code !== null) {
      told.push(reason === "unreachable" ? refusal(code, t) : t("proof.errno", { code }));
    }
    if (rtt !== null) {
      told.push(t("proof.rtt", { rtt: format.ms(rtt) }));
    }
    if (sent !== null && sent > 1 && lost === sent) {
      told.push(t("proof.confirmed", { count: sent }));
    }
    return told;
  };
}
