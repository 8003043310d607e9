import { Link } from "@tanstack/react-router";
import type { Dashboard, Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";
import { StatusMark, statusColour } from "@/ui/status-mark";

const CELL = "flex min-w-0 flex-col gap-0.5 bg-surface px-2.5 py-2 hover:bg-hover";
const NUMBER = "text-2xl font-semibold";
const LABEL = "truncate text-xs text-muted";

/** Every number is a link to the rows it counts. */
export function Totals({ board }: { board: Dashboard }) {
  const t = useT();
  const format = useFormat();
  return (
    <nav
      aria-label={t("overview.totals")}
      className="grid grid-cols-10 gap-px overflow-hidden rounded-md border border-line bg-line max-xl:grid-cols-5 max-md:grid-cols-3"
    >
      <Link to="/devices" className={cx(CELL, "max-md:col-span-3")}>
        <span className={NUMBER}>{format.number(board.totals.all)}</span>
        <span className={LABEL}>{t("overview.devices")}</span>
      </Link>
      {STATUSES.map((status) => (
        <Total key={status} status={status} count={board.totals[status]} />
      ))}
      <Link
        to="/links"
        search={{ status: ["down"] }}
        title={t("overview.links", { count: board.links.all })}
        className={CELL}
      >
        <span className={cx(NUMBER, board.links.down > 0 ? "text-down" : "text-muted")}>
          {format.number(board.links.down)}
        </span>
        <span className={LABEL}>{t("overview.links_down")}</span>
      </Link>
    </nav>
  );
}

function Total({ status, count }: { status: Status; count: number }) {
  const t = useT();
  const format = useFormat();
  const colour = count === 0 ? "text-muted" : status === "up" ? "text-text" : statusColour(status);
  return (
    <Link
      to="/devices"
      search={{ status: [status] }}
      title={t(`status.${status}`)}
      className={CELL}
    >
      <span className={cx(NUMBER, "flex items-center gap-2", colour)}>
        <StatusMark status={status} label={false} />
        {format.number(count)}
      </span>
      <span aria-hidden className={LABEL}>
        {t(`status.${status}`)}
      </span>
    </Link>
  );
}
