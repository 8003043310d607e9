import { Link } from "@tanstack/react-router";
import type { Dashboard } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { ShareBar, Troubles } from "@/ui/roll-up";

export function Types({ types }: { types: Dashboard["by_type"] }) {
  const t = useT();
  const format = useFormat();
  const sorted = types.toSorted((a, b) => b.counts.all - a.counts.all);
  return (
    <Panel title={t("overview.by_type")} flush>
      <ul className="grid sm:grid-cols-2">
        {sorted.map(({ type, counts }) => (
          <li key={type}>
            <Link
              to="/devices"
              search={{ type: [type] }}
              className="grid grid-cols-[minmax(0,1fr)_auto_48px] items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover"
            >
              <span className="flex min-w-0 flex-col gap-1">
                <span className="truncate">{t(`type.${type}`)}</span>
                <ShareBar counts={counts} />
              </span>
              <Troubles counts={counts} />
              <span className="text-right text-muted">{format.number(counts.all)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
