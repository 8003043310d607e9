import { memo, useEffect, useState } from "react";
import type { Status, Wall } from "@/api/types";
import { STATUSES } from "@/api/types";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import type { RegionBlock } from "./model";

const SLICE = 100;
const PAUSE_MS = 200;

/**
 * What the map shows, in words: each branch with its counts, for those who cannot see it. It comes
 * after the map, some rows at a time, and is not laid out while nobody reads it.
 */
export function BranchTable({ wall, blocks }: { wall: Wall; blocks: readonly RegionBlock[] }) {
  const t = useT();
  const rows = blocks.flatMap((region) => region.branches.map((branch) => ({ region, branch })));
  const shown = useGrowing(rows.length);
  return (
    <div className="absolute -left-[9999px] size-px overflow-hidden [content-visibility:auto]">
      <table>
        <caption>{t("wall.table")}</caption>
        <thead>
          <tr>
            <th>{t("device.region")}</th>
            <th>{t("device.branch")}</th>
            <th>{t("device.status")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ region, branch }) => (
            <BranchRow
              key={branch.id}
              region={region.name}
              branch={branch.name}
              states={inWords(branch.cells, wall.devices.status, t)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From none to `total`, a slice after the other. */
function useGrowing(total: number): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (count < total) {
      const timer = setTimeout(() => setCount(count + SLICE), PAUSE_MS);
      return () => clearTimeout(timer);
    }
  }, [count, total]);
  return count;
}

const BranchRow = memo(function BranchRow({
  region,
  branch,
  states,
}: {
  region: string;
  branch: string;
  states: string;
}) {
  return (
    <tr>
      <td>{region}</td>
      <td>{branch}</td>
      <td>{states}</td>
    </tr>
  );
});

function inWords(cells: readonly number[], status: readonly Status[], t: Translate): string {
  const counts = new Map<Status, number>();
  for (const at of cells) {
    const one = status[at] ?? "unknown";
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return STATUSES.filter((one) => counts.has(one))
    .map((one) => `${t(`status.${one}`)} ${counts.get(one)}`)
    .join(", ");
}
