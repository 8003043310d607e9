import type { UseQueryResult } from "@tanstack/react-query";
import { Link as To } from "@tanstack/react-router";
import { lazy } from "react";
import type { Link, Page } from "@/api/types";
import { useT } from "@/i18n";
import { AddButton } from "@/ui/add-button";
import { Panel } from "@/ui/panel";
import { QueryView } from "@/ui/query-view";
import { Loss, Rtt, StatusCell } from "@/ui/target-cells";

const LinkDialog = lazy(() => import("@/features/links/link-dialog"));

/** Both uplinks side by side: on which one the branch stands. */
export function BranchLinks({
  branch,
  query,
}: {
  branch: number;
  query: UseQueryResult<Page<Link>>;
}) {
  const t = useT();
  const add = (
    <AddButton look="quiet">
      {(close) => <LinkDialog link={null} branch={branch} onClose={close} />}
    </AddButton>
  );
  return (
    <Panel title={t("nav.links")} aside={add}>
      <QueryView query={query} rows={2}>
        {({ items }) => (
          <div className="grid gap-3 sm:grid-cols-2">
            {items.length === 0 ? <p className="text-muted">{t("branch.no_links")}</p> : null}
            {items.map((link) => (
              <LinkCard key={link.id} link={link} />
            ))}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function LinkCard({ link }: { link: Link }) {
  const t = useT();
  return (
    <To
      to="/links/$id"
      params={{ id: link.id }}
      className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-3 py-2 hover:bg-hover"
    >
      <span className="flex items-center justify-between gap-2">
        <span className="font-semibold">{link.provider.name}</span>
        <span className="text-sm text-muted">{t(`link.role.${link.role}`)}</span>
      </span>
      <span className="flex flex-wrap items-center justify-between gap-x-4 text-sm">
        <StatusCell row={link} />
        <span className="flex gap-4 text-muted">
          <span>{link.probe_address}</span>
          <Rtt value={link.rtt_ms} />
          <Loss ratio={link.loss_ratio} />
        </span>
      </span>
    </To>
  );
}
