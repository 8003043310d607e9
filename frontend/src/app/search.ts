/** Search parameters as plain text: `?status=down&status=stale&q=atm`. */

export type Search = Record<string, string | string[] | undefined>;

export function parseSearch(text: string): Search {
  const params = new URLSearchParams(text);
  const entries = [...new Set(params.keys())].map((key) => {
    const values = params.getAll(key);
    return [key, values.length > 1 ? values : values[0]];
  });
  return Object.fromEntries(entries) as Search;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") {
        params.append(key, String(one));
      }
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The search of a list without filters of its own. */
export const listSearch = (
  search: Record<string, unknown>,
): { q?: string | undefined; sort?: string | undefined } => ({
  q: textOf(search.q),
  sort: textOf(search.sort),
});

/** A parameter that may come several times, of which only known values count. */
export function listOf<T extends string>(value: unknown, known?: readonly T[]): T[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one): one is T =>
      typeof one === "string" && one !== "" && (!known || known.includes(one as T)),
  );
  return values.length ? values : undefined;
}

export const idOf = (text: string | undefined): number | undefined =>
  text && /^\d+$/.test(text) ? Number(text) : undefined;
