import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";

function useHover(time: string) {
  const format = useFormat();
  return `${format.dateTime(time)}\n${format.utc(time)}`;
}

/** A moment as a length of time before now, with the moment itself on hover. */
export function Ago({ time, className }: { time: string | null; className?: string }) {
  return time ? (
    <AgoKnown time={time} className={className} />
  ) : (
    <span className="text-muted">–</span>
  );
}

function AgoKnown({ time, className }: { time: string; className: string | undefined }) {
  const t = useT();
  const format = useFormat();
  const seconds = (useNow() - Date.parse(time)) / 1000;
  return (
    <time dateTime={time} title={useHover(time)} className={className}>
      {t("time.ago", { duration: format.duration(seconds) })}
    </time>
  );
}

/** How long something has lasted, counting while it lasts. */
export function Lasting({
  since,
  until,
  className,
}: {
  since: string;
  until?: string | null;
  className?: string;
}) {
  const format = useFormat();
  const now = useNow();
  const end = until ? Date.parse(until) : now;
  return (
    <time dateTime={since} title={useHover(since)} className={className}>
      {format.duration((end - Date.parse(since)) / 1000)}
    </time>
  );
}

/** A moment by the clock of the user. */
export function Stamp({ time, className }: { time: string; className?: string }) {
  const format = useFormat();
  return (
    <time dateTime={time} title={format.utc(time)} className={className}>
      {format.dateTime(time)}
    </time>
  );
}
