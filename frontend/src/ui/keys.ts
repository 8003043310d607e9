import { useEffect, useRef } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && target.type === "checkbox");

const covered = () => document.querySelector('[role="dialog"], [role="menu"]') !== null;

/** Single keys of a page, silent while the user types or a dialog is open. */
export function useKeys(actions: Record<string, (() => void) | undefined>) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      const held = event.ctrlKey || event.metaKey || event.altKey;
      const onControl =
        event.key === "Enter" &&
        event.target instanceof HTMLElement &&
        event.target.closest("a, button") !== null;
      if (action && !held && !onControl && !typing(event.target) && !covered()) {
        event.preventDefault();
        action();
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
