import type { Status, Wall } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import type { RegionBlock } from "./model";

/** What the map shows, in words: each branch with its counts, for those who cannot see it. */
export function BranchTable({ wall, blocks }: { wall: Wall; blocks: readonly RegionBlock[] }) {
  const t = useT();
  const words = (cells: readonly number[]) => {
    const counts = new Map<Status, number>();
    for (const at of cells) {
      const status = wall.devices.status[at] as Status;
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return STATUSES.filter((status) => counts.has(status))
      .map((status) => `${t(`status.${status}`)} ${counts.get(status)}`)
      .join(", ");
  };
  return (
    <table className="sr-only">
      <caption>{t("wall.table")}</caption>
      <thead>
        <tr>
          <th>{t("device.region")}</th>
          <th>{t("device.branch")}</th>
          <th>{t("device.status")}</th>
        </tr>
      </thead>
      <tbody>
        {blocks.flatMap((region) =>
          region.branches.map((branch) => (
            <tr key={branch.id}>
              <td>{region.name}</td>
              <td>{branch.name}</td>
              <td>{words(branch.cells)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
