import type { FieldError } from "@/api/types";
import type { Key } from "@/i18n";
import { useT } from "@/i18n";

// The server tells faults in English; those that a form meets are told in the user's language.
const KNOWN: readonly (readonly [RegExp, Key])[] = [
  [/^is taken$/, "fault.taken"],
  [/^must not be empty$/, "fault.empty"],
  [/^Field required$/, "fault.empty"],
  [/^Input should be a valid (number|integer)/, "fault.number"],
  [/^Input should be greater than or equal to (?<value>\S+)$/, "fault.least"],
  [/^Input should be less than or equal to (?<value>\S+)$/, "fault.most"],
  [/^is not on the globe$/, "fault.globe"],
  [/^is not a name for a site$/, "fault.site_name"],
  [/is not an (IPv4 |IPv6 )?address$/, "fault.address"],
  [/^belongs to (?<value>.+)$/, "fault.belongs"],
  [/^is the parent of (?<value>\d+) devices? that stays?$/, "fault.parent_stays"],
  [/^has (?<value>\d+) tags$/, "fault.tags"],
];

/** A fault of one field in words, with the way out. */
export function useFaultText(): (fault: FieldError) => string {
  const t = useT();
  return ({ message, hint }) => {
    for (const [pattern, key] of KNOWN) {
      const match = pattern.exec(message);
      if (match) {
        return t(key, { value: match.groups?.value ?? "" });
      }
    }
    return `${message} ${hint}`.trim();
  };
}
