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

export function useFormat(): Format {
  const language = useLanguage();
  const t = useT();
  const timeZone = useZone();
  return useMemo(() => {
    const locale = localeOf(language);
    const full = { dateStyle: "medium", timeStyle: "medium", hour12: false } as const;
    const local = new Intl.DateTimeFormat(locale, { ...full, timeZone });
    const utc = new Intl.DateTimeFormat(locale, { ...full, timeZone: "UTC" });
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hour12: false, timeZone });
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    const percent = new Intl.NumberFormat(locale, {
      style: "percent",
      maximumFractionDigits: 2,
      minimumFractionDigits: 2,
    });
    const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
    return {
      dateTime: (time) => `${local.format(new Date(time))} ${timeZone}`,
      time: (time) => clock.format(new Date(time)),
      utc: (time) => `${utc.format(new Date(time))} UTC`,
      duration: (seconds) => duration(seconds, t),
      number: (value) => number.format(value),
      share: (ratio) => (ratio === null ? DASH : share.format(ratio)),
      // Rounded down: 99.999 % is not all of the time.
      percent: (ratio) => (ratio === null ? DASH : percent.format(Math.floor(ratio * 1e4) / 1e4)),
      ms: (value) =>
        value === null ? DASH : `${(value < 1 ? fine : number).format(value)} ${t("unit.ms")}`,
    };
  }, [language, t, timeZone]);
}
