import { ChevronDown, ChevronsUp, ChevronUp, Info, Minus } from "lucide-react";
import type { IncidentState, Severity } from "@/api/types";
import { useT } from "@/i18n";
import { cx } from "./class-names";

const LOOK = {
  critical: { icon: ChevronsUp, colour: "text-down" },
  high: { icon: ChevronUp, colour: "text-down" },
  medium: { icon: Minus, colour: "text-flapping" },
  low: { icon: ChevronDown, colour: "text-muted" },
  info: { icon: Info, colour: "text-maintenance" },
} as const;

export function SeverityMark({ severity, label = true }: { severity: Severity; label?: boolean }) {
  const t = useT();
  const { icon: Icon, colour } = LOOK[severity];
  const word = t(`severity.${severity}`);
  return (
    <span className={cx("inline-flex items-center gap-1 whitespace-nowrap font-medium", colour)}>
      <Icon size={14} strokeWidth={2.5} aria-hidden />
      <span className={label ? "" : "sr-only"}>{word}</span>
    </span>
  );
}

const STATE = {
  open: "border-down text-down",
  acknowledged: "border-maintenance text-maintenance",
  resolved: "border-line-strong text-muted",
} as const;

export function IncidentStateMark({ state }: { state: IncidentState }) {
  const t = useT();
  return (
    <span
      className={cx(
        "inline-block rounded-full border px-2 text-xs font-medium whitespace-nowrap",
        STATE[state],
      )}
    >
      {t(`incident.state.${state}`)}
    </span>
  );
}
