import { useNavigate } from "@tanstack/react-router";
import type { KeyboardEvent, MouseEvent, RefObject } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Status, Wall } from "@/api/types";
import { useT } from "@/i18n";
import { onThemeChange } from "@/ui/chart-colours";
import { emptied } from "./canvas";
import type { Brush } from "./draw";
import { brushOf, draw } from "./draw";
import type { Recoveries } from "./glow";
import { HoverCard } from "./hover-card";
import type { Layout } from "./layout";
import { hit, layOut, neighbour } from "./layout";
import type { RegionBlock } from "./model";
import { PassingLayer } from "./passing-layer";
import { useSize } from "./size";

/** Every device a mark on a canvas, region by region, branch by branch. */
export function HeatMap({
  wall,
  blocks,
  recoveries,
}: {
  wall: Wall;
  blocks: readonly RegionBlock[];
  recoveries: Recoveries;
}) {
  const t = useT();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [focus, setFocus] = useState(-1);
  const size = useSize(frame);
  const layout = useMemo(() => layOut(blocks, size.width, size.height), [blocks, size]);
  const brush = useBrush();
  useMarks(canvas, layout, size.width, wall.devices.status, brush);

  const cell = layout.cells[focus];
  const at = cell?.at;
  const open = () => {
    const id = at === undefined ? undefined : wall.devices.id[at];
    if (id !== undefined) {
      void navigate({ to: "/devices/$id", params: { id } });
    }
  };
  const pointed = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    setFocus(hit(layout, event.clientX - box.left, event.clientY - box.top));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      open();
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      setFocus(focus < 0 ? 0 : neighbour(layout, focus, event.key));
    }
  };
  return (
    <div ref={frame} className="relative min-h-0 flex-1 overflow-auto">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={t("wall.map")}
        style={{ width: size.width, height: layout.height }}
        className={`block ${at === undefined ? "" : "cursor-pointer"}`}
        onMouseMove={pointed}
        onMouseLeave={() => setFocus(-1)}
        onClick={open}
        onKeyDown={pressed}
      />
      {cell && at !== undefined ? (
        <HoverCard wall={wall} at={at} x={cell.x} y={cell.y + layout.cell} width={size.width} />
      ) : null}
      {cell ? (
        <div
          aria-hidden
          className="pointer-events-none absolute outline-2 outline-accent"
          style={{ left: cell.x, top: cell.y, width: layout.cell, height: layout.cell }}
        />
      ) : null}
      <PassingLayer
        wall={wall}
        layout={layout}
        width={size.width}
        brush={brush}
        recoveries={recoveries}
      />
    </div>
  );
}

function useBrush(): Brush {
  const [brush, setBrush] = useState(brushOf);
  useEffect(() => onThemeChange(() => setBrush(brushOf())), []);
  return brush;
}

/** Draws the marks when they change, and once more when the fonts are there. */
function useMarks(
  canvas: RefObject<HTMLCanvasElement | null>,
  layout: Layout,
  width: number,
  status: Status[],
  brush: Brush,
) {
  useEffect(() => {
    let wanted = true;
    const paint = () => {
      const ctx = wanted ? emptied(canvas.current, width, layout.height) : null;
      if (ctx) {
        draw(ctx, layout, status, brush);
      }
    };
    paint();
    if (document.fonts.status === "loading") {
      void document.fonts.ready.then(paint);
    }
    return () => {
      wanted = false;
    };
  }, [canvas, layout, width, status, brush]);
}
