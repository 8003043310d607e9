import { useSyncExternalStore } from "react";

const query = () => matchMedia("(max-width: 767px)");

function subscribe(watcher: () => void) {
  const list = query();
  list.addEventListener("change", watcher);
  return () => list.removeEventListener("change", watcher);
}

/** True on a telephone. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => query().matches);
