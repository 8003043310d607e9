import { useRef } from "react";
import type { Wall } from "@/api/types";
import { useT } from "@/i18n";
import { StatusMark } from "@/ui/status-mark";
import { byTrouble } from "./model";
import { useSize } from "./size";
import { WallCard } from "./wall-card";

const CARD_PX = 216;
const MORE_PX = 96;

/** What is down now, the newest first. Always one line high, so that the map never moves. */
export function DownStrip({ wall, places }: { wall: Wall; places: readonly number[] }) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const down = byTrouble(
    wall,
    places.filter((at) => wall.devices.status[at] === "down"),
  );
  const room = Math.max(1, Math.floor((width - MORE_PX) / CARD_PX));
  const hidden = down.length - room;
  return (
    <div ref={frame} className="flex h-18 shrink-0 items-center gap-2 overflow-hidden">
      {down.length === 0 ? (
        <p className="flex items-center gap-2 text-lg text-muted">
          <StatusMark status="up" label={false} /> {t("wall.calm")}
        </p>
      ) : (
        <ul aria-label={t("wall.down")} className="flex gap-2">
          {down.slice(0, room).map((at) => (
            <li key={wall.devices.id[at]}>
              <WallCard wall={wall} at={at} />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 ? (
        <p className="text-sm whitespace-nowrap text-muted">{t("wall.more", { count: hidden })}</p>
      ) : null}
    </div>
  );
}
