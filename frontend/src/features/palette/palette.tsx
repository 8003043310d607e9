import { Dialog } from "@base-ui/react/dialog";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useSearch } from "@/api/overview";
import { useT } from "@/i18n";
import { PaletteActions, PalettePages } from "./commands";
import { FoundGroups } from "./found";

const PAUSE_MS = 120;

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(text), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return paused;
}

/** Finds any device, branch, link, incident, page and action by its name. */
export default function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const query = usePaused(text.trim());
  const found = useSearch(query);
  const run = (action: () => void) => {
    onClose();
    action();
  };
  const asked = query.length > 0;
  const settled = asked && !found.isFetching && query === text.trim();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label={t("palette.open")}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-md border border-line bg-surface shadow-pop"
        >
          <Command label={t("palette.open")} shouldFilter={false} loop>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search size={16} className="text-muted" aria-hidden />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t("palette.hint")}
                className="h-11 flex-1 bg-transparent text-base outline-none placeholder:text-muted"
              />
            </div>
            <Command.List className="max-h-[60dvh] overflow-y-auto p-1.5">
              {asked && found.data ? (
                <FoundGroups
                  found={found.data}
                  onOpen={(target) => run(() => void navigate(target))}
                />
              ) : null}
              <PalettePages text={text} onOpen={(to) => run(() => void navigate({ to }))} />
              <PaletteActions text={text} onRun={run} onKeys={onKeys} />
              {settled ? (
                <Command.Empty className="px-3 py-6 text-center text-muted">
                  {t("palette.nothing", { text: query })}
                </Command.Empty>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
