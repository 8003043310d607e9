import type { RefObject } from "react";
import { useLayoutEffect, useState } from "react";

/** The inner size of an element, followed while it changes. */
export function useSize(element: RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) {
      return;
    }
    const measure = () => {
      const next = { width: box.clientWidth, height: box.clientHeight };
      setSize((now) => (now.width === next.width && now.height === next.height ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
