import { Link } from "@tanstack/react-router";
import type { Dashboard, Incident } from "@/api/types";
import { useFormat } from "@/format";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";
import { useIncidentTitle } from "@/ui/incident-title";
import { StatusMark } from "@/ui/status-mark";

const NAMED = 3;
const LINK = "underline-offset-4 hover:underline";

/** What a tired person needs to know, in one sentence. */
export function Sentence({ board }: { board: Dashboard }) {
  const t = useT();
  const running = board.incidents.open + board.incidents.acknowledged;
  if (running === 0) {
    return <Calm board={board} />;
  }
  const named = board.top_incidents.filter((one) => one.state !== "resolved").slice(0, NAMED);
  return (
    <p className="text-xl max-md:text-lg">
      <StatusMark status="down" label={false} className="mr-2.5 align-baseline" />
      <Link to="/incidents" className={`font-semibold ${LINK}`}>
        {t("overview.incidents", { count: running })}
      </Link>
      {": "}
      {named.map((incident, index) => (
        <span key={incident.id}>
          {index ? "; " : ""}
          <Clause incident={incident} />
        </span>
      ))}
      {running > named.length ? ` ${t("overview.more", { count: running - named.length })}` : "."}
    </p>
  );
}

function Calm({ board }: { board: Dashboard }) {
  const t = useT();
  const silent = board.totals.unknown + board.totals.stale;
  return (
    <p className="flex items-baseline gap-2.5 text-xl max-md:text-lg">
      <StatusMark status={silent ? "unknown" : "up"} label={false} />
      {silent
        ? t("overview.silent", { count: silent })
        : t("overview.well", { count: board.totals.up })}
    </p>
  );
}

function Clause({ incident }: { incident: Incident }) {
  const t = useT();
  const format = useFormat();
  const title = useIncidentTitle();
  const lasting = format.duration((useNow() - Date.parse(incident.opened_at)) / 1000);
  return (
    <Link to="/incidents/$id" params={{ id: incident.id }} className={LINK}>
      {title(incident)}{" "}
      <span className="text-muted">{t("overview.for", { duration: lasting })}</span>
    </Link>
  );
}
