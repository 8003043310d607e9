import { useEffect, useRef } from "react";
import type { Wall } from "@/api/types";
import { useNow } from "@/format/now";
import { useT } from "@/i18n";
import { emptied } from "./canvas";
import type { Brush } from "./draw";
import { drawPassing } from "./draw";
import type { Recoveries } from "./glow";
import type { Layout } from "./layout";
import { largestPart } from "./model";

const STILL = "(prefers-reduced-motion: reduce)";

/** What moves above the marks: how long devices are down, and the glow of those that recovered. */
export function PassingLayer({
  wall,
  layout,
  width,
  brush,
  recoveries,
}: {
  wall: Wall;
  layout: Layout;
  width: number;
  brush: Brush;
  recoveries: Recoveries;
}) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useNow();
  useEffect(() => {
    const { status, down_since } = wall.devices;
    const still = matchMedia(STILL).matches;
    const downFor = (at: number) => {
      const [count, unit] = largestPart(now / 1000 - (down_since[at] ?? now / 1000));
      return `${count}${t(`unit.${unit}`)}`;
    };
    let waiting = 0;
    const paint = () => {
      const ctx = emptied(canvas.current, width, layout.height);
      if (!ctx) {
        return;
      }
      const glow = recoveries.glowing(wall, Date.now());
      drawPassing(ctx, layout, status, { glow, downFor }, brush);
      waiting = glow.size && !still ? requestAnimationFrame(paint) : 0;
    };
    paint();
    return () => cancelAnimationFrame(waiting);
  }, [wall, layout, width, brush, recoveries, now, t]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute top-0 left-0"
      style={{ width, height: layout.height }}
    />
  );
}
