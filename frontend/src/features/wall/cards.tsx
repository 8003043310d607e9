import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Wall } from "@/api/types";
import { useT } from "@/i18n";
import { useSize } from "./size";
import { WallCard } from "./wall-card";

const CARD_PX = 216;
const ROW_PX = 80;

/** Every device a card, worst first; only what is seen is drawn. */
export function WallCards({ wall, sorted }: { wall: Wall; sorted: readonly number[] }) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const columns = Math.max(1, Math.floor(width / CARD_PX));
  const rows = useVirtualizer({
    count: Math.ceil(sorted.length / columns),
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  return (
    <section
      ref={frame}
      tabIndex={0}
      aria-label={t("wall.mode.cards")}
      className="min-h-0 flex-1 overflow-auto"
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className="absolute inset-x-0 top-0 flex gap-2"
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {sorted.slice(row.index * columns, (row.index + 1) * columns).map((at) => (
              <WallCard key={wall.devices.id[at]} wall={wall} at={at} />
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
