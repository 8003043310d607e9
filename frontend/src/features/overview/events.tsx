import { Link } from "@tanstack/react-router";
import type { Dashboard } from "@/api/types";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { StatusMark } from "@/ui/status-mark";
import { Ago } from "@/ui/time";

const SHOWN = 12;

export function Events({ events }: { events: Dashboard["recent_events"] }) {
  const t = useT();
  return (
    <Panel title={t("overview.events")} flush>
      {events.length === 0 ? <p className="p-3 text-muted">{t("overview.no_events")}</p> : null}
      <ul className="py-1">
        {events.slice(0, SHOWN).map(({ id, at, target, to_state }) => (
          <li key={id}>
            <Link
              to={target.kind === "device" ? "/devices/$id" : "/links/$id"}
              params={{ id: target.id }}
              className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)_auto] items-center gap-2 px-3 py-1 text-sm hover:bg-hover"
            >
              <StatusMark status={to_state} />
              <span className="truncate">{target.name}</span>
              <Ago time={at} className="text-xs text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
