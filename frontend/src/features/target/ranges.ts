const HOUR = 3600;
const DAY = 24 * HOUR;

/** Ranges of time one may look at, in seconds. */
export const RANGES = {
  "30m": HOUR / 2,
  "3h": 3 * HOUR,
  "24h": DAY,
  "7d": 7 * DAY,
  "30d": 30 * DAY,
  "1y": 365 * DAY,
} as const;
export type Range = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as Range[];

export const rangeOf = (text: string | undefined): Range =>
  RANGE_NAMES.find((name) => name === text) ?? "24h";
