import { useEffect } from "react";
import { useMe } from "@/api/session";
import type { Theme } from "@/api/types";
import { speak } from "@/i18n";

function applyTheme(theme: Theme) {
  localStorage.setItem("ward.theme", theme);
  const dark =
    theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

/** Makes the app look and speak as the user chose, here and at the next start. */
export function useAppliedPreferences() {
  const { theme, language } = useMe();
  useEffect(() => {
    applyTheme(theme);
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => applyTheme(theme);
    system.addEventListener("change", follow);
    return () => system.removeEventListener("change", follow);
  }, [theme]);
  useEffect(() => {
    if (
      document.documentElement.lang !== language ||
      language !== localStorage.getItem("ward.language")
    ) {
      void speak(language);
    }
  }, [language]);
}
