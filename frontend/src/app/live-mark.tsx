import { useLiveState } from "@/api/live-hooks";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";

const LOOK = {
  live: { dot: "bg-up", text: "text-muted" },
  connecting: { dot: "bg-unknown", text: "text-muted" },
  polling: { dot: "bg-flapping", text: "text-flapping" },
  offline: { dot: "bg-down", text: "text-down" },
} as const;

/** Whether what is on the screen follows what happens; how old it is when it does not. */
export function LiveMark() {
  const t = useT();
  const format = useFormat();
  const { state, heardAt } = useLiveState();
  const age = format.duration((useNow() - heardAt) / 1000);
  const look = LOOK[state];
  return (
    <span
      role="status"
      title={t(`live.${state}.hint`)}
      className={cx("flex items-center gap-1.5 px-2 text-sm whitespace-nowrap", look.text)}
    >
      <span aria-hidden className={cx("size-2 rounded-full", look.dot)} />
      <span className="max-md:sr-only">{t(`live.${state}`)}</span>
      {state === "offline" ? <span className="tabular-nums">{age}</span> : null}
    </span>
  );
}
