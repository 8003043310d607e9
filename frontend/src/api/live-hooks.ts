import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { LiveFeed } from "./live";
import type { Changed } from "./patches";

export const LiveContext = createContext<LiveFeed | null>(null);

function useFeed(): LiveFeed {
  const feed = use(LiveContext);
  if (!feed) {
    throw new Error("outside of LiveContext");
  }
  return feed;
}

export function useLiveState() {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

const SETTLE_MS = 1500;

/**
 * Keeps a list in step without moving what the pointer is about to click: while it is inside,
 * changes are counted and wait for `show`; outside, the list is asked for anew.
 */
export function useWaitingChanges(kind: Changed) {
  const feed = useFeed();
  const client = useQueryClient();
  const inside = useRef(false);
  const ids = useRef(new Set<number>());
  const timer = useRef(0);
  const [count, setCount] = useState(0);
  const [held, setHeld] = useState(false);

  const show = useCallback(() => {
    ids.current.clear();
    setCount(0);
    const part = kind === "incidents" ? "list" : "page";
    return client.invalidateQueries({ queryKey: [kind, part] });
  }, [client, kind]);

  useEffect(() => {
    const stop = feed.patches.listen((changed, changedIds) => {
      if (changed !== kind) {
        return;
      }
      for (const id of changedIds) {
        ids.current.add(id);
      }
      if (inside.current) {
        setCount(ids.current.size);
      } else {
        timer.current ||= window.setTimeout(() => {
          timer.current = 0;
          void (inside.current ? setCount(ids.current.size) : show());
        }, SETTLE_MS);
      }
    });
    return () => {
      stop();
      window.clearTimeout(timer.current);
      timer.current = 0;
    };
  }, [feed, kind, show]);

  const pointer = {
    onPointerEnter: () => {
      inside.current = true;
      setHeld(true);
    },
    onPointerLeave: () => {
      inside.current = false;
      setHeld(false);
      if (ids.current.size) {
        void show();
      }
    },
  };
  return { count, held, show, pointer };
}
