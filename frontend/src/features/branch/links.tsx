import type { UseQueryResult } from "@tanstack/react-query";
import { Link as To } from "@tanstack/react-router";
import type { Link, Page } from "@/api/types";
import { useT } from "@/i18n";
import { QueryView } from "@/ui/query-view";
import { Loss, Rtt, StatusCell } from "@/ui/target-cells";

/** Both uplinks side by side: on which one the branch stands. */
export function BranchLinks({ query }: { query: UseQueryResult<Page<Link>> }) {
  return (
    <QueryView query={query} rows={2}>
      {({ items }) => (
        <div className="grid gap-3 sm:grid-cols-2">
          {items.map((link) => (
            <LinkCard key={link.id} link={link} />
          ))}
        </div>
      )}
    </QueryView>
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
