import { useHealth } from "@/api/overview";
import type { Status } from "@/api/types";
import { useT, wordOr } from "@/i18n";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { StatusMark } from "@/ui/status-mark";
import { Ago } from "@/ui/time";

const AS_STATUS: Record<string, Status> = {
  healthy: "up",
  degraded: "flapping",
  unhealthy: "down",
};

/** WARD's own health: whether what is shown can be trusted. */
export function SystemHealth() {
  const t = useT();
  const query = useHealth();
  return (
    <Panel
      title={t("overview.system")}
      aside={query.data ? <Ago time={query.data.timestamp} className="text-xs text-muted" /> : null}
    >
      <QueryView query={query} rows={3}>
        {(health) => (
          <ul className="grid grid-cols-2 gap-x-4 gap-y-1 text-sm">
            {Object.entries(health.components ?? {}).map(([name, part]) => (
              <li key={name} className="flex items-center gap-2" title={part.detail}>
                <StatusMark status={AS_STATUS[part.status] ?? "unknown"} label={false} />
                <span className="truncate">{wordOr(t, `system.${name}`, name)}</span>
                {part.status === "healthy" ? null : (
                  <span className="text-muted">
                    {wordOr(t, `health.${part.status}`, part.status)}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}
