import { useNavigate } from "@tanstack/react-router";
import type { KeyboardEvent, MouseEvent } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Wall } from "@/api/types";
import { useT } from "@/i18n";
import { onThemeChange } from "@/ui/chart-colours";
import { brushOf, draw } from "./draw";
import type { Recoveries } from "./glow";
import { HoverCard } from "./hover-card";
import { hit, layOut, neighbour } from "./layout";
import type { RegionBlock } from "./model";
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
  const [theme, setTheme] = useState(0);
  const size = useSize(frame);
  const layout = useMemo(() => layOut(blocks, size.width, size.height), [blocks, size]);
  useEffect(() => onThemeChange(() => setTheme((n) => n + 1)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme changes the colours
  useEffect(() => {
    const ctx = canvas.current?.getContext("2d");
    if (!ctx) {
      return;
    }
    const brush = brushOf();
    let waiting = 0;
    const paint = () => {
      const scale = devicePixelRatio;
      const glow = recoveries.glowing(wall, Date.now());
      ctx.setTransform(scale, 0, 0, scale, 0, 0);
      ctx.clearRect(-4, -4, size.width + 8, layout.height + 8);
      draw(ctx, { layout, status: wall.devices.status, glow, focus }, brush);
      waiting = glow.size ? requestAnimationFrame(paint) : 0;
    };
    paint();
    void document.fonts.ready.then(() => waiting || paint());
    return () => cancelAnimationFrame(waiting);
  }, [layout, wall, focus, size.width, recoveries, theme]);

  const at = layout.cells[focus]?.at;
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
  const scale = typeof devicePixelRatio === "number" ? devicePixelRatio : 1;
  const cell = layout.cells[focus];
  return (
    <div ref={frame} className="relative min-h-0 flex-1 overflow-auto">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={t("wall.map")}
        width={Math.round(size.width * scale)}
        height={Math.round(layout.height * scale)}
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
    </div>
  );
}
