import { Link } from "@tanstack/react-router";
import type { Branch, Page } from "@/api/types";
import { useT } from "@/i18n";
import { ShareBar, Troubles } from "@/ui/roll-up";

/** The branches of a region, those in trouble first. */
export function RegionBranches({ page }: { page: Page<Branch> }) {
  const t = useT();
  if (page.items.length === 0) {
    return <p className="p-3 text-muted">{t("region.no_branches")}</p>;
  }
  const well = ({ status_counts, device_count }: Branch) => status_counts.up === device_count;
  return (
    <ul>
      {page.items
        .toSorted(
          (a, b) =>
            Number(well(a)) - Number(well(b)) ||
            a.name.localeCompare(b.name, undefined, { numeric: true }),
        )
        .map((branch) => (
          <li key={branch.id} className="border-b border-line last:border-0">
            <Link
              to="/branches/$id"
              params={{ id: branch.id }}
              className="grid grid-cols-[minmax(0,1fr)_auto_96px] items-center gap-3 px-3 py-2 text-sm hover:bg-hover"
            >
              <span className="min-w-0">
                <span className="block truncate font-medium">{branch.name}</span>
                <span className="block truncate text-xs text-muted">
                  {[branch.city, t("count.devices", { count: branch.device_count })]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <Troubles counts={branch.status_counts} />
              <ShareBar counts={branch.status_counts} />
            </Link>
          </li>
        ))}
    </ul>
  );
}
