import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useT } from "@/i18n";
import { BOTTOM } from "./navigation";
import { useAllowedPages } from "./sidebar";

const MorePages = lazy(() => import("./more-pages"));
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
      {more ? (
        <Suspense>
          <MorePages pages={pages.slice(BOTTOM)} onClose={() => setMore(false)} />
        </Suspense>
      ) : null}
    </nav>
  );
}
