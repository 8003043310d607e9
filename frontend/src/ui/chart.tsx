import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { onThemeChange } from "./chart-colours";

/** A uPlot chart as wide as its place; drawn anew when options, data or the theme change. */
export function Chart({
  options,
  data,
  label,
}: {
  options: (width: number) => uPlot.Options;
  data: uPlot.AlignedData;
  label: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) {
      return;
    }
    let plot = new uPlot(options(element.clientWidth), data, element);
    const redraw = () => {
      plot.destroy();
      plot = new uPlot(options(element.clientWidth), data, element);
    };
    const resized = new ResizeObserver(() => {
      if (element.clientWidth !== plot.width && element.clientWidth > 0) {
        plot.setSize({ width: element.clientWidth, height: plot.height });
      }
    });
    resized.observe(element);
    const forget = onThemeChange(redraw);
    return () => {
      resized.disconnect();
      forget();
      plot.destroy();
    };
  }, [options, data]);
  return <div ref={place} role="img" aria-label={label} className="min-w-0 overflow-hidden" />;
}
