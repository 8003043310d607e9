import { useMemo } from "react";
import type { Language } from "@/api/types";
import type { Translate } from "@/i18n";
import { useLanguage, useT } from "@/i18n";
import { useZone } from "./zone";

const DASH = "–";

export interface Format {
  dateTime: (time: string) => string;
  time: (time: string) => string;
  utc: (time: string) => string;
  duration: (seconds: number) => string;
  number: (value: number) => string;
  share: (ratio: number | null) => string;
  percent: (ratio: number | null) => string;
  ms: (value: number | null) => string;
}

/** The two largest parts of a length of time: `4 m 12 s`, `3 h 5 m`, `12 d 4 h`. */
export function duration(seconds: number, t: Translate): string {
  const s = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(s / 86_400), t("unit.d")],
    [Math.floor(s / 3600) % 24, t("unit.h")],
    [Math.floor(s / 60) % 60, t("unit.m")],
    [s % 60, t("unit.s")],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2);
  return shown
    .filter(([n], index) => n > 0 || index === 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(" ");
}

/** Browsers without Georgian would write American dates: days before months and 24 hours instead. */
function localeOf(language: Language): string {
  if (language === "en") {
    return "en-GB";
  }
  return Intl.DateTimeFormat.supportedLocalesOf("ka-GE")[0] ?? "de-DE";
}

/** Makes a thing when it is first asked for, and only then. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What writes numbers and times. Each takes milliseconds to make. */
function writersOf(language: Language, timeZone: string) {
  const locale = localeOf(language);
  const full = { dateStyle: "medium", timeStyle: "medium", hour12: false } as const;
  const dates = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, options));
  const numbers = (options: Intl.NumberFormatOptions) =>
    once(() => new Intl.NumberFormat(locale, options));
  return {
    local: dates({ ...full, timeZone }),
    utc: dates({ ...full, timeZone: "UTC" }),
    clock: dates({ timeStyle: "medium", hour12: false, timeZone }),
    number: numbers({ maximumFractionDigits: 1 }),
    fine: numbers({ maximumFractionDigits: 2 }),
    percent: numbers({
      style: "percent",
      maximumFractionDigits: 2,
      minimumFractionDigits: 2,
    }),
    share: numbers({ style: "percent", maximumFractionDigits: 1 }),
  };
}

const writers = new Map<string, ReturnType<typeof writersOf>>();

/** The writers of a language and zone, shared by all that write on the page. */
function sharedWriters(language: Language, timeZone: string) {
  const key = `${language} ${timeZone}`;
  const found = writers.get(key) ?? writersOf(language, timeZone);
  writers.set(key, found);
  return found;
}

export function useFormat(): Format {
  const language = useLanguage();
  const t = useT();
  const timeZone = useZone();
  return useMemo(() => {
    const { local, utc, clock, number, fine, percent, share } = sharedWriters(language, timeZone);
    return {
      dateTime: (time) => `${local().format(new Date(time))} ${timeZone}`,
      time: (time) => clock().format(new Date(time)),
      utc: (time) => `${utc().format(new Date(time))} UTC`,
      duration: (seconds) => duration(seconds, t),
      number: (value) => number().format(value),
      share: (ratio) => (ratio === null ? DASH : share().format(ratio)),
      // Rounded down: 99.999 % is not all of the time.
      percent: (ratio) => (ratio === null ? DASH : percent().format(Math.floor(ratio * 1e4) / 1e4)),
      ms: (value) =>
        value === null ? DASH : `${(value < 1 ? fine : number)().format(value)} ${t("unit.ms")}`,
    };
  }, [language, t, timeZone]);
}
