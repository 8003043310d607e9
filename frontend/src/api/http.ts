import type { FieldError } from "./types";

export const PREFIX = "/api/v1";

/** A refusal, as the server told it (RFC 9457), or a server that was not reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
    readonly retryAfter = 0,
  ) {
    super(detail);
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

export function queryText(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") {
        params.append(name, String(one));
      }
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? 0);
  try {
    const told = (await response.json()) as Partial<Problem>;
    return new Problem(
      response.status,
      told.code ?? "",
      told.detail ?? "",
      told.errors ?? [],
      retryAfter,
    );
  } catch {
    return new Problem(response.status, "not_json", response.statusText, [], retryAfter);
  }
}

/** Every `401` outside of signing in is told here; the session decides what follows. */
export const signedOut = new EventTarget();

async function send<T>(
  method: string,
  path: string,
  init: RequestInit = {},
  alsoTaken = 0,
): Promise<T> {
  const response = await fetch(PREFIX + path, {
    method,
    credentials: "same-origin",
    ...init,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") {
      throw error;
    }
    throw new Problem(0, "offline", "");
  });
  if (!response.ok && response.status !== alsoTaken) {
    const problem = await problemOf(response);
    if (problem.status === 401 && problem.code !== "invalid_credentials") {
      signedOut.dispatchEvent(new Event("signedout"));
    }
    throw problem;
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  send<T>("GET", path + queryText(query), { signal: signal ?? null });

/** The health is told in full with status 503 too. */
export const getHealth = <T>(signal?: AbortSignal) =>
  send<T>("GET", "/health", { signal: signal ?? null }, 503);

/** A change; the header proves that a page of our own sends it. */
export const change = <T>(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  type = "application/json",
) =>
  send<T>(method, path, {
    headers: {
      "X-Ward-Client": "web",
      ...(body === undefined ? {} : { "Content-Type": type }),
    },
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
  });
