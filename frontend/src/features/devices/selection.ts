import { useState } from "react";
import type { Chosen } from "@/api/bulk";
import type { Device, DeviceFilter } from "@/api/types";
import { translate } from "@/i18n";
import { toldBy } from "@/ui/form-problem";
import { tell } from "@/ui/toast";

/** In the address instead of ids: all devices that match the filter. */
const ALL = "all";
/** More ids make an address too long to send; whoever wants more takes all that match a filter. */
export const MOST = 500;

export const isAll = (selected: readonly string[] | undefined) => selected?.[0] === ALL;

/** What is chosen after a click: added, or taken away when the row that was clicked is chosen. */
export function toggled(
  chosen: readonly number[],
  clicked: number,
  stretch: readonly number[],
): number[] {
  return chosen.includes(clicked)
    ? chosen.filter((id) => !stretch.includes(id))
    : [...new Set([...chosen, ...stretch])];
}

interface Rows {
  total: number;
  idsOf: (from: number, to: number) => Promise<number[]>;
}

/** Which rows are chosen: by id, so they stay chosen when they are sorted or scrolled away. */
export function useSelection(
  selected: readonly string[] | undefined,
  rows: Rows,
  onChange: (selected: string[] | undefined) => void,
) {
  const [anchor, setAnchor] = useState(-1);
  const all = isAll(selected);
  const ids = all ? [] : (selected ?? []).map(Number).filter(Number.isInteger);
  const clear = () => onChange(undefined);
  const toggle = async (row: Device, index: number, extend: boolean) => {
    setAnchor(index);
    if (all) {
      clear();
      return;
    }
    const ends = [extend && anchor >= 0 ? anchor : index, index] as const;
    const stretch =
      ends[0] === index ? [row.id] : await rows.idsOf(Math.min(...ends), Math.max(...ends));
    const next = toggled(ids, row.id, stretch);
    if (next.length > MOST) {
      tell(translate("devices.select.most", { count: MOST }), "error");
    }
    onChange(next.length ? next.slice(0, MOST).map(String) : undefined);
  };
  const takeAll = () => onChange([ALL]);
  const count = all ? rows.total : ids.length;
  return {
    all,
    count,
    takeAll,
    clear,
    /** The same for the server; all must still be as many as the list tells. */
    chosen: (filter: DeviceFilter): Chosen => (all ? { filter, expected: rows.total } : { ids }),
    /** What the table shows and asks for. */
    table: {
      isSelected: ({ id }: Device) => all || ids.includes(id),
      onSelect: (row: Device, index: number, extend: boolean) =>
        toggle(row, index, extend).catch((error) => tell(toldBy(error, translate), "error")),
      allSelected: all || (count > 0 && ("some" as const)),
      onSelectAll: all ? clear : takeAll,
    },
  };
}

export type Selection = ReturnType<typeof useSelection>;
