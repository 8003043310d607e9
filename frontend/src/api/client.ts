import createClient from "openapi-fetch";
import type { paths } from "./schema";
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

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? 0);
  const { status, statusText } = response;
  try {
    const told = (await response.clone().json()) as Partial<Problem>;
    const errors = (told.errors ?? []).map((fault) => ({ ...fault, hint: fault.hint ?? "" }));
    return new Problem(status, told.code ?? "", told.detail ?? "", errors, retryAfter);
  } catch {
    return new Problem(status, "not_json", statusText, [], retryAfter);
  }
}

/** Every `401` outside of signing in is told here; the session decides what follows. */
export const signedOut = new EventTarget();

// An unhealthy system says so with 503 and tells the details all the same.
const TAKEN: Record<string, number> = { [`${PREFIX}/health`]: 503 };

export const api = createClient<paths>({
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});

api.use({
  onRequest({ request }) {
    if (request.method !== "GET") {
      // Proves that a page of our own sends it: others cannot add a header.
      request.headers.set("X-Ward-Client", "web");
    }
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok || TAKEN[schemaPath] === response.status) {
      return;
    }
    const problem = await problemOf(response);
    if (problem.status === 401 && problem.code !== "invalid_credentials") {
      signedOut.dispatchEvent(new Event("signedout"));
    }
    throw problem;
  },
  onError({ error }) {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    return aborted || error instanceof Problem ? error : new Problem(0, "offline", "");
  },
});

/** The body of an answer; whatever is not one has been thrown before. */
export async function body<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  const { data, error } = await answer;
  return (data ?? error) as T;
}

/** Without what nobody asked for: empty texts and lists filter nothing. */
export function asked<T extends object>(query: T): T {
  const empty = (value: unknown) =>
    value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => !empty(value))) as T;
}
