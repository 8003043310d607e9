import { Link } from "@tanstack/react-router";
import type { Counts, Dashboard, Named, Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { Troubles } from "@/ui/roll-up";
import { StatusMark } from "@/ui/status-mark";

export const worst = (counts: Counts): Status =>
  STATUSES.find((status) => counts[status] > 0) ?? "unknown";

type BranchCell = Dashboard["branches"][number];

/** Every branch as a mark of its worst state, region by region. */
export function HeatStrip({ board }: { board: Dashboard }) {
  const t = useT();
  return (
    <Panel title={t("overview.places")} flush>
      <ul>
        {board.by_region.map((region) => (
          <li
            key={region.id}
            className="grid grid-cols-[176px_minmax(0,1fr)_auto] items-center gap-3 border-b border-line px-3 py-1.5 last:border-0 max-md:grid-cols-[minmax(0,1fr)_auto]"
          >
            <Link
              to="/regions/$id"
              params={{ id: region.id }}
              className="truncate text-sm hover:underline"
            >
              {region.name}
            </Link>
            <Branches
              region={region}
              branches={board.branches.filter((branch) => branch.region_id === region.id)}
            />
            <Link
              to="/devices"
              search={{ region_id: String(region.id) }}
              className="text-sm hover:underline max-md:col-start-2 max-md:row-start-1"
            >
              <Troubles counts={region.counts} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Branches({ region, branches }: { region: Named; branches: BranchCell[] }) {
  const t = useT();
  return (
    <ul aria-label={region.name} className="flex flex-wrap max-md:col-span-2">
      {branches.map((branch) => {
        const state = worst(branch.counts);
        const { up, all } = branch.counts;
        const label = `${branch.name}: ${t(`status.${state}`)}, ${t("overview.up_of", { up, count: all })}`;
        return (
          <li key={branch.id}>
            <Link
              to="/branches/$id"
              params={{ id: branch.id }}
              title={label}
              aria-label={label}
              className="flex size-6 items-center justify-center rounded-sm hover:bg-sunken"
            >
              <StatusMark
                status={state}
                label={false}
                className={state === "up" ? "scale-75" : "scale-125"}
              />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
