import { Link as To } from "@tanstack/react-router";
import type { Link } from "@/api/types";
import { useT } from "@/i18n";
import { StatusCell } from "./target-cells";

/** Links in the narrow column of another page. */
export function LinkList({ links, none }: { links: readonly Link[]; none: string }) {
  const t = useT();
  if (links.length === 0) {
    return <p className="p-3 text-muted">{none}</p>;
  }
  return (
    <ul>
      {links.map((link) => (
        <li key={link.id} className="border-b border-line last:border-0">
          <To
            to="/links/$id"
            params={{ id: link.id }}
            className="flex items-center justify-between gap-3 px-3 py-2 text-sm hover:bg-hover"
          >
            <span className="min-w-0">
              <span className="block truncate font-medium">{link.branch.name}</span>
              <span className="block truncate text-xs text-muted">
                {[t(`link.role.${link.role}`), link.name, link.probe_address].join(" · ")}
              </span>
            </span>
            <StatusCell row={link} />
          </To>
        </li>
      ))}
    </ul>
  );
}
