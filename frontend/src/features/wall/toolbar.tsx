import { Link } from "@tanstack/react-router";
import { LayoutGrid, List, Maximize, Minimize, Rows3, Volume2, VolumeX } from "lucide-react";
import type { Status, Wall } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { IconButton, iconClass } from "@/ui/button";
import { cx } from "@/ui/class-names";
import { FilterMenu } from "@/ui/filter-menu";
import { StatusMark } from "@/ui/status-mark";
import { countsOf } from "./model";
import type { WallMode, WallSearch } from "./search";
import { WALL_MODES } from "./search";

const ICONS = { grid: LayoutGrid, cards: Rows3, list: List } as const;

interface ToolbarProps {
  wall: Wall;
  search: WallSearch;
  mode: WallMode;
  sound: { on: boolean; toggle: () => void };
  onChange: (change: Partial<WallSearch>) => void;
}

/** Counts that filter, regions, the three faces of the wall, sound and the whole screen. */
export function Toolbar({ wall, search, mode, sound, onChange }: ToolbarProps) {
  const t = useT();
  const bare = search.chrome === "0";
  const Size = bare ? Minimize : Maximize;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2">
      <div className="-mx-3 flex items-center gap-2 px-3 max-md:w-screen max-md:overflow-x-auto md:contents">
        <StatusCounts wall={wall} chosen={search.status ?? []} onChange={onChange} />
      </div>
      <FilterMenu
        label={t("device.region")}
        chosen={search.region_id ? [search.region_id] : []}
        options={wall.regions.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(next) => onChange({ region_id: next.at(-1) })}
      />
      <div className="ml-auto flex items-center gap-1">
        {WALL_MODES.map((one) => {
          const Icon = ICONS[one];
          return (
            <IconButton
              key={one}
              label={t(`wall.mode.${one}`)}
              aria-pressed={one === mode}
              className={one === mode ? "bg-accent-soft text-accent" : ""}
              onClick={() => onChange({ mode: one === "grid" ? undefined : one })}
            >
              <Icon size={16} aria-hidden />
            </IconButton>
          );
        })}
        <IconButton
          label={t(sound.on ? "wall.mute" : "wall.sound")}
          aria-pressed={sound.on}
          onClick={sound.toggle}
        >
          {sound.on ? <Volume2 size={16} aria-hidden /> : <VolumeX size={16} aria-hidden />}
        </IconButton>
        <Link
          to="/wall"
          search={{ ...search, chrome: bare ? undefined : "0" }}
          aria-label={t(bare ? "wall.leave" : "wall.whole")}
          title={t(bare ? "wall.leave" : "wall.whole")}
          className={iconClass("quiet")}
        >
          <Size size={16} aria-hidden />
        </Link>
      </div>
    </div>
  );
}

function StatusCounts({
  wall,
  chosen,
  onChange,
}: {
  wall: Wall;
  chosen: Status[];
  onChange: (change: Partial<WallSearch>) => void;
}) {
  const format = useFormat();
  const counts = countsOf(wall);
  const toggle = (status: Status) => {
    const next = chosen.includes(status)
      ? chosen.filter((one) => one !== status)
      : [...chosen, status];
    onChange({ status: next.length ? next : undefined });
  };
  return STATUSES.filter((status) => counts[status] > 0).map((status) => (
    <button
      key={status}
      type="button"
      aria-pressed={chosen.includes(status)}
      onClick={() => toggle(status)}
      className={cx(
        "flex h-8 shrink-0 items-center gap-2 rounded-md border px-2.5 text-sm",
        chosen.includes(status)
          ? "border-accent bg-accent-soft"
          : "border-line bg-surface hover:bg-hover",
      )}
    >
      <StatusMark status={status} />
      <span className="font-semibold">{format.number(counts[status])}</span>
    </button>
  ));
}
