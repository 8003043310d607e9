import { Link } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useState } from "react";
import { useDashboard } from "@/api/overview";
import { useMe } from "@/api/session";
import { ROLES } from "@/api/types";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";
import { PAGES } from "./navigation";

export function useAllowedPages() {
  const rank = ROLES.indexOf(useMe().role);
  return PAGES.filter((page) => rank >= ROLES.indexOf(page.role));
}

const ITEM =
  "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm text-muted hover:bg-hover hover:text-text data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent";

export function Sidebar() {
  const t = useT();
  const [slim, setSlim] = useState(localStorage.getItem("ward.sidebar") === "slim");
  const open = useDashboard().data?.incidents.open ?? 0;
  const toggle = () => {
    localStorage.setItem("ward.sidebar", slim ? "wide" : "slim");
    setSlim(!slim);
  };
  const Toggle = slim ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cx(
        "flex shrink-0 flex-col border-r border-line bg-surface p-2 max-md:hidden",
        slim ? "w-13" : "w-52",
      )}
    >
      <Link
        to="/"
        className="mb-2 flex h-8 items-center gap-2 px-1 font-semibold tracking-wide"
        aria-label="WARD OPS"
      >
        <img src="/favicon.svg" alt="" className="size-7 shrink-0" />
        {slim ? null : "WARD OPS"}
      </Link>
      <nav aria-label={t("nav.label")} className="flex flex-1 flex-col gap-0.5">
        {useAllowedPages().map(({ to, key, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={ITEM}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            title={slim ? t(key) : undefined}
          >
            <Icon size={16} className="shrink-0" aria-hidden />
            <span className={slim ? "sr-only" : "flex-1 truncate"}>{t(key)}</span>
            {key === "nav.incidents" && open > 0 && !slim ? (
              <span className="rounded-full bg-down px-1.5 text-xs font-medium text-on-status">
                {open}
              </span>
            ) : null}
          </Link>
        ))}
      </nav>
      <button
        type="button"
        onClick={toggle}
        className={ITEM}
        title={t(slim ? "nav.wider" : "nav.slimmer")}
      >
        <Toggle size={16} className="shrink-0" aria-hidden />
        <span className={slim ? "sr-only" : ""}>{t(slim ? "nav.wider" : "nav.slimmer")}</span>
      </button>
    </aside>
  );
}
