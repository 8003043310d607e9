import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { LiveContext } from "@/api/live-hooks";
import { useT } from "@/i18n";
import { useKeys } from "@/ui/keys";
import { BottomBar } from "./bottom-bar";
import { liveFeed } from "./feed";
import { useAppliedPreferences } from "./preferences";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";

const loadPalette = () => import("@/features/palette/palette");
const Palette = lazy(loadPalette);
const KeysDialog = lazy(() => import("./keys-dialog"));

function usePalette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((before) => !before);
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  return [open, setOpen] as const;
}

/** What stands around every page: navigation, search, the live connection, the user. */
export function Shell() {
  const t = useT();
  const [paletteOpen, setPalette] = usePalette();
  const [keysOpen, setKeys] = useState(false);
  const bare = useRouterState({
    select: ({ location }) => (location.search as { chrome?: string }).chrome === "0",
  });
  useAppliedPreferences();
  useEffect(() => liveFeed.start(), []);
  useEffect(() => {
    // Nobody should wait for it, nor it be waited for.
    const idle = window.setTimeout(() => void loadPalette(), 2000);
    return () => window.clearTimeout(idle);
  }, []);
  useKeys({ "?": () => setKeys(true) });
  const page = (
    <main
      id="page"
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto outline-none"
    >
      <Suspense>
        <Outlet />
      </Suspense>
    </main>
  );
  return (
    <LiveContext value={liveFeed}>
      {bare ? (
        <div className="flex h-dvh">{page}</div>
      ) : (
        <div className="flex h-dvh">
          <a
            href="#page"
            className="sr-only z-50 rounded-md bg-surface p-2 focus:not-sr-only focus:absolute"
          >
            {t("nav.skip")}
          </a>
          <Sidebar />
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar onSearch={() => setPalette(true)} onKeys={() => setKeys(true)} />
            {page}
            <BottomBar />
          </div>
        </div>
      )}
      {paletteOpen ? (
        // The role keeps the keys of the page silent until the palette takes them.
        <Suspense fallback={<div role="dialog" aria-label={t("palette.open")} />}>
          <Palette onClose={() => setPalette(false)} onKeys={() => setKeys(true)} />
        </Suspense>
      ) : null}
      {keysOpen ? (
        <Suspense>
          <KeysDialog onClose={() => setKeys(false)} />
        </Suspense>
      ) : null}
    </LiveContext>
  );
}
