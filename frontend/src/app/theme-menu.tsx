import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "@/api/types";
import { useT } from "@/i18n";
import { iconClass } from "@/ui/button";
import { Menu, MenuChoice } from "@/ui/menu";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeMenu({ theme, onChange }: { theme: Theme; onChange: (theme: Theme) => void }) {
  const t = useT();
  const Icon = ICONS[theme];
  const options = (["system", "light", "dark"] as const).map((value) => ({
    value,
    label: t(`theme.${value}`),
  }));
  return (
    <Menu
      trigger={<Icon size={16} aria-hidden />}
      label={t("profile.theme")}
      className={iconClass("quiet", "max-md:hidden")}
    >
      <MenuChoice value={theme} options={options} onChange={onChange} />
    </Menu>
  );
}
