import type { ReactNode } from "react";
import type { Status } from "@/api/types";
import { useT } from "@/i18n";
import { cx } from "./class-names";

const COLOUR: Record<Status, string> = {
  up: "text-up",
  down: "text-down",
  unreachable: "text-unreachable",
  flapping: "text-flapping",
  unknown: "text-unknown",
  stale: "text-stale",
  maintenance: "text-maintenance",
  paused: "text-paused",
};

const SHAPE: Record<Status, ReactNode> = {
  up: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  down: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  unreachable: (
    <rect
      x="2.25"
      y="2.25"
      width="7.5"
      height="7.5"
      rx="1"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
    />
  ),
  flapping: <path d="M6 1.2 11 10.4H1z" fill="currentColor" />,
  unknown: (
    <circle
      cx="6"
      cy="6"
      r="4.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.2 1.6"
    />
  ),
  stale: (
    <>
      <circle
        cx="6"
        cy="6"
        r="4.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeDasharray="2.2 1.6"
      />
      <circle cx="6" cy="6" r="1.4" fill="currentColor" />
    </>
  ),
  maintenance: (
    <path
      d="M10.6 3.2 8.9 4.9 7.1 4.9 7.1 3.1 8.8 1.4A3 3 0 0 0 5 5.2L1.3 8.9a1.3 1.3 0 0 0 1.8 1.8L6.8 7a3 3 0 0 0 3.8-3.8z"
      fill="currentColor"
    />
  ),
  paused: <path d="M2.5 1.5h2.4v9H2.5zM7.1 1.5h2.4v9H7.1z" fill="currentColor" />,
};

/** The shape of a status; the word stands beside it or, when `label` is false, is spoken only. */
export function StatusMark({
  status,
  label = true,
  className,
}: {
  status: Status;
  label?: boolean;
  className?: string;
}) {
  const t = useT();
  const word = t(`status.${status}`);
  return (
    <span className={cx("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <svg viewBox="0 0 12 12" aria-hidden className={cx("size-3 shrink-0", COLOUR[status])}>
        {SHAPE[status]}
      </svg>
      <span className={label ? cx("font-medium", COLOUR[status]) : "sr-only"}>{word}</span>
    </span>
  );
}

export const statusColour = (status: Status) => COLOUR[status];
