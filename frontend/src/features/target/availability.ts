import type { History, Interval } from "@/api/types";

/** States in which nothing was learned about the target, so that they count neither way. */
const UNOBSERVED = new Set(["unknown", "stale", "maintenance", "paused"]);

export interface Piece extends Interval {
  /** Where it begins and how long it is, as shares of the range. */
  at: number;
  share: number;
}

/** The intervals cut to the range that is shown. */
export function piecesOf(history: History): Piece[] {
  const from = Date.parse(history.from);
  const span = Date.parse(history.to) - from;
  return history.intervals.flatMap((interval) => {
    const begin = Math.max(0, (Date.parse(interval.from) - from) / span);
    const end = Math.min(1, ((interval.to ? Date.parse(interval.to) : from + span) - from) / span);
    return end > begin ? [{ ...interval, at: begin, share: end - begin }] : [];
  });
}

export interface Availability {
  /** Share of the observed time that was not down; null when nothing was observed. */
  ratio: number | null;
  downSeconds: number;
  outages: number;
  observedShare: number;
}

export function availabilityOf(history: History): Availability {
  const pieces = piecesOf(history);
  const span = (Date.parse(history.to) - Date.parse(history.from)) / 1000;
  const share = (wanted: (piece: Piece) => boolean) =>
    pieces.filter(wanted).reduce((sum, piece) => sum + piece.share, 0);
  const observed = share((piece) => !UNOBSERVED.has(piece.state));
  const down = share((piece) => piece.state === "down");
  return {
    ratio: observed > 0 ? 1 - down / observed : null,
    downSeconds: down * span,
    outages: pieces.filter((piece) => piece.state === "down").length,
    observedShare: observed,
  };
}
