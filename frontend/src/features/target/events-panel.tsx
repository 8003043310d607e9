import { useTargetEvents } from "@/api/history";
import { useT, wordOr } from "@/i18n";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { SimpleTable } from "@/ui/simple-table";
import { StatusMark } from "@/ui/status-mark";
import { Ago, Stamp } from "@/ui/time";

/** Every change of state, newest first. */
export function EventsPanel({ kind, id }: { kind: "devices" | "links"; id: number }) {
  const t = useT();
  return (
    <Panel title={t("events.title")} flush>
      <QueryView query={useTargetEvents(kind, id)} rows={4}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="px-3 py-8 text-center text-muted">{t("events.none")}</p>
          ) : (
            <SimpleTable
              label={t("events.title")}
              rows={page.items}
              rowKey={(event) => event.id}
              columns={[
                {
                  id: "change",
                  label: t("events.change"),
                  cell: (event) => (
                    <span className="inline-flex items-center gap-2">
                      <StatusMark status={event.from_state} label={false} />
                      <span aria-hidden className="text-muted">
                        →
                      </span>
                      <StatusMark status={event.to_state} />
                    </span>
                  ),
                },
                {
                  id: "reason",
                  label: t("events.reason"),
                  cell: (event) => wordOr(t, `reason.${event.reason}`, event.reason),
                },
                { id: "at", label: t("events.at"), wide: true, cell: (e) => <Stamp time={e.at} /> },
                {
                  id: "ago",
                  label: t("events.ago"),
                  right: true,
                  cell: (event) => <Ago time={event.at} className="text-muted" />,
                },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}
