import { Keyboard, Languages, LogOut, Moon, Sun } from "lucide-react";
import { useLogout, useMe, useSaveMe } from "@/api/session";
import { useAllowedPages } from "@/app/sidebar";
import { useT } from "@/i18n";
import { Group, Item } from "./parts";

const has = (label: string, text: string) =>
  label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());

export function PalettePages({
  text,
  onOpen,
}: {
  text: string;
  onOpen: (to: ReturnType<typeof useAllowedPages>[number]["to"]) => void;
}) {
  const t = useT();
  const pages = useAllowedPages().filter((page) => has(t(page.key), text));
  return pages.length ? (
    <Group heading={t("palette.pages")}>
      {pages.map(({ to, key, icon: Icon }) => (
        <Item key={to} value={`page ${to}`} onSelect={() => onOpen(to)}>
          <Icon size={14} className="text-muted" aria-hidden />
          {t(key)}
        </Item>
      ))}
    </Group>
  ) : null;
}

export function PaletteActions({
  text,
  onRun,
  onKeys,
}: {
  text: string;
  onRun: (action: () => void) => void;
  onKeys: () => void;
}) {
  const t = useT();
  const me = useMe();
  const save = useSaveMe();
  const logout = useLogout();
  const leave = () =>
    logout.mutate(undefined, { onSettled: () => window.location.assign("/login") });
  const actions = [
    { label: t("palette.light"), icon: Sun, run: () => save.mutate({ theme: "light" }) },
    { label: t("palette.dark"), icon: Moon, run: () => save.mutate({ theme: "dark" }) },
    {
      label: me.language === "en" ? "ქართულად" : "In English",
      icon: Languages,
      run: () => save.mutate({ language: me.language === "en" ? "ka" : "en" }),
    },
    { label: t("keys.title"), icon: Keyboard, run: onKeys },
    { label: t("user.logout"), icon: LogOut, run: leave },
  ].filter((action) => has(action.label, text));
  return actions.length ? (
    <Group heading={t("palette.actions")}>
      {actions.map(({ label, icon: Icon, run }) => (
        <Item key={label} value={`action ${label}`} onSelect={() => onRun(run)}>
          <Icon size={14} className="text-muted" aria-hidden />
          {label}
        </Item>
      ))}
    </Group>
  ) : null;
}
