import { Link } from "@tanstack/react-router";
import type { Dashboard } from "@/api/types";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { ShareBar, Troubles } from "@/ui/roll-up";

export function Providers({ providers }: { providers: Dashboard["providers"] }) {
  const t = useT();
  return (
    <Panel title={t("overview.providers")} flush>
      {providers.length === 0 ? <p className="p-3 text-muted">{t("overview.no_links")}</p> : null}
      <ul>
        {providers.map((provider) => (
          <li key={provider.id} className="border-b border-line last:border-0">
            <Link
              to="/providers/$id"
              params={{ id: provider.id }}
              className="flex flex-col gap-1.5 px-3 py-2 hover:bg-hover"
            >
              <span className="flex items-center justify-between gap-3 text-sm">
                <span className="font-medium">{provider.name}</span>
                <span className="flex gap-3">
                  <Troubles counts={provider.counts} />
                  <span className="text-muted">
                    {t("overview.links", { count: provider.counts.all })}
                  </span>
                </span>
              </span>
              <ShareBar counts={provider.counts} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
