import { Keyboard, Search } from "lucide-react";
import { lazy, Suspense } from "react";
import { useMe, useSaveMe } from "@/api/session";
import { useT } from "@/i18n";
import { IconButton } from "@/ui/button";
import { LiveMark } from "./live-mark";

const TopMenus = lazy(() => import("./top-menus"));

export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const t = useT();
  const me = useMe();
  const save = useSaveMe();
  const other = me.language === "en" ? "ka" : "en";
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 max-md:px-3">
      <button
        type="button"
        onClick={onSearch}
        className="flex h-8 w-96 min-w-0 items-center gap-2 rounded-md border border-line bg-canvas px-2.5 text-sm text-muted hover:border-line-strong max-md:h-10 max-md:flex-1"
      >
        <Search size={14} className="shrink-0" aria-hidden />
        <span className="truncate">{t("palette.open")}</span>
        <kbd className="ml-auto rounded-sm border border-line px-1 font-sans text-2xs whitespace-nowrap max-md:hidden">
          Ctrl K
        </kbd>
      </button>
      <div className="ml-auto flex items-center gap-1">
        <LiveMark />
        <IconButton label={t("keys.title")} onClick={onKeys} className="max-md:hidden">
          <Keyboard size={16} aria-hidden />
        </IconButton>
        <button
          type="button"
          lang={other}
          title={t("profile.language")}
          onClick={() => save.mutate({ language: other })}
          className="h-8 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text max-md:hidden"
        >
          {other === "ka" ? "ქარ" : "EN"}
        </button>
        {/* As wide as the menus will be, so that nothing moves when they come. */}
        <div className="flex w-[68px] items-center justify-end gap-1 max-md:w-8">
          <Suspense>
            <TopMenus />
          </Suspense>
        </div>
      </div>
    </header>
  );
}
