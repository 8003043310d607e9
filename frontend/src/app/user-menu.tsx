import { useNavigate } from "@tanstack/react-router";
import { LogOut, SlidersHorizontal } from "lucide-react";
import { useLogout, useMe } from "@/api/session";
import { useT } from "@/i18n";
import { Menu, MenuItem } from "@/ui/menu";

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
}

export function UserMenu() {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const logout = useLogout();
  const name = me.display_name || me.username;
  const leave = () =>
    logout.mutate(undefined, { onSettled: () => window.location.assign("/login") });
  return (
    <Menu
      label={t("user.menu", { name })}
      className="flex size-8 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
      trigger={<span aria-hidden>{initials(name)}</span>}
    >
      <div className="border-b border-line px-3 pt-1 pb-2">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-muted">
          {me.username} · {t(`role.${me.role}`)}
        </p>
      </div>
      <MenuItem onClick={() => void navigate({ to: "/profile" })}>
        <SlidersHorizontal size={16} aria-hidden />
        {t("nav.profile")}
      </MenuItem>
      <MenuItem onClick={leave}>
        <LogOut size={16} aria-hidden />
        {t("user.logout")}
      </MenuItem>
    </Menu>
  );
}
