import { setupI18n } from "@lingui/core";
import { useSyncExternalStore } from "react";
import type { Language } from "@/api/types";
import type en from "./messages/en.json";

export type Key = keyof typeof en;
export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

const catalogues = {
  en: () => import("virtual:messages/en"),
  ka: () => import("virtual:messages/ka"),
};
const i18n = setupI18n();
const watchers = new Set<() => void>();
let current: { language: Language; t: Translate; keys: object } = {
  language: "en",
  t: (key) => key,
  keys: {},
};

/** Loads the catalogue of `language` and shows the app in it. */
export async function speak(language: Language): Promise<void> {
  const { default: messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  current = { language, t: (key, values) => i18n._(key, values), keys: messages };
  document.documentElement.lang = language;
  localStorage.setItem("ward.language", language);
  for (const watcher of watchers) {
    watcher();
  }
}

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
const snapshot = () => current;

export const storedLanguage = (): Language =>
  localStorage.getItem("ward.language") === "ka" ? "ka" : "en";
export const useT = (): Translate => useSyncExternalStore(subscribe, snapshot).t;
export const useLanguage = (): Language => useSyncExternalStore(subscribe, snapshot).language;

/** A word that the server may know and we may not: shown as it came. */
export function wordOr(t: Translate, key: string, fallback: string): string {
  return key in current.keys ? t(key as Key) : fallback.replaceAll("_", " ");
}
/** For where no component is; a component uses `useT` and is drawn anew when the language changes. */
export const translate: Translate = (key, values) => current.t(key, values);
