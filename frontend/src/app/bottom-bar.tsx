import { Dialog } from "@base-ui/react/dialog";
import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n";
import { BOTTOM } from "./navigation";
import { useAllowedPages } from "./sidebar";

const ITEM =
  "flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-muted data-[status=active]:text-accent";

/** Navigation under the thumb. */
export function BottomBar() {
  const t = useT();
  const pages = useAllowedPages();
  const [more, setMore] = useState(false);
  return (
    <nav
      aria-label={t("nav.label")}
      className="flex h-14 shrink-0 border-t border-line bg-surface md:hidden"
    >
      {pages.slice(0, BOTTOM).map(({ to, key, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={ITEM}
          activeOptions={{ exact: to === "/", includeSearch: false }}
        >
          <Icon size={18} aria-hidden />
          <span className="max-w-full truncate px-1">{t(key)}</span>
        </Link>
      ))}
      <button type="button" className={ITEM} onClick={() => setMore(true)}>
        <Ellipsis size={18} aria-hidden />
        {t("nav.more")}
      </button>
      <Dialog.Root open={more} onOpenChange={setMore}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Popup className="fixed inset-x-0 bottom-0 z-50 border-t border-line bg-surface p-2 pb-6">
            <Dialog.Title className="px-3 py-2 text-sm font-semibold">{t("nav.more")}</Dialog.Title>
            {pages.slice(BOTTOM).map(({ to, key, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                onClick={() => setMore(false)}
                className="flex h-11 items-center gap-3 rounded-md px-3 hover:bg-hover"
              >
                <Icon size={18} className="text-muted" aria-hidden />
                {t(key)}
              </Link>
            ))}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  );
}
