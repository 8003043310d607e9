import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import * as answers from "./answers";
import { devices, incidents, iso } from "./data";

type Next = () => void;
const LATENCY_MS = 30;
let signedIn = true;
const me = {
  id: 1,
  username: "admin",
  display_name: "Giorgi Kapanadze",
  role: "admin",
  language: "en",
  theme: "system",
  time_zone: "Asia/Tbilisi",
};

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function problem(response: ServerResponse, status: number, code: string, errors: object[] = []) {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(
    JSON.stringify({ type: "about:blank", title: code, status, detail: code, code, errors }),
  );
}

function stream(response: ServerResponse) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(`id: 0-1\nevent: hello\ndata: {"cursor":"0-1"}\n\n`);
  let n = 0;
  const timer = setInterval(
    () => {
      n += 1;
      const device = devices[(n * 37) % devices.length];
      if (!device) return;
      const status = device.status === "up" ? "down" : "up";
      const now = iso(Date.now());
      Object.assign(device, {
        status,
        status_since: now,
        down_since: status === "down" ? now : null,
      });
      const target = {
        id: device.id,
        kind: "device",
        name: device.name,
        branch_id: device.branch.id,
        status,
        state: status,
        since: now,
        down_since: device.down_since,
        reason: "",
        flapping: false,
        rtt_ms: status === "up" ? 9 : null,
      };
      response.write(
        `id: 0-${n + 1}\nevent: status\ndata: ${JSON.stringify({ targets: [target] })}\n\n`,
      );
    },
    Number(process.env.WARD_MOCK_EVERY ?? 4000),
  );
  response.on("close", () => clearInterval(timer));
}

const reads: Record<string, (query: URLSearchParams) => unknown> = {
  "auth/state": () => ({ setup_required: false, version: "0.1.0", authenticated: signedIn }),
  me: () => me,
  dashboard: answers.dashboard,
  wall: () => answers.wall(Number(process.env.WARD_MOCK_WALL ?? 0)),
  search: answers.search,
  "devices/facets": answers.facets,
  "devices/sparklines": answers.sparklines,
  health: () => ({
    status: "healthy",
    version: "0.1.0",
    timestamp: iso(Date.now()),
    components: Object.fromEntries(
      ["database", "redis", "scheduler", "workers", "queues", "probing", "disk", "history"].map(
        (name) => [name, { status: "healthy", latency_ms: 1.4, detail: "" }],
      ),
    ),
  }),
};

function read(path: string, query: URLSearchParams): unknown {
  const exact = reads[path];
  if (exact) return exact(query);
  const [collection = "", id, part] = path.split("/");
  const rows = answers.lists[collection]?.();
  if (!rows) return undefined;
  if (!id) return answers.page(answers.filtered(rows, query), query);
  if (part === "history") return answers.history(query);
  if (part === "events") {
    const items = Array.from({ length: 12 }, (_, n) => ({
      id: n,
      at: iso(Date.now() - n * 5e6),
      from_state: n % 2 ? "down" : "up",
      to_state: n % 2 ? "up" : "down",
      reason: n % 2 ? "answered" : "lost",
      evidence: {},
    }));
    return answers.page(items, query);
  }
  if (part === "incidents") return answers.page(incidents.slice(3, 9), query);
  if (collection === "branches") return answers.branch(Number(id));
  if (collection === "incidents") return answers.incident(Number(id));
  return rows.find((row) => row.id === Number(id));
}

async function change(path: string, method: string, text: string, response: ServerResponse) {
  if (path === "auth/login") {
    const given = JSON.parse(text) as { password: string };
    signedIn = given.password !== "wrong";
    return signedIn ? me : problem(response, 401, "invalid_credentials");
  }
  if (path === "auth/logout") {
    signedIn = false;
    return null;
  }
  if (path === "me") return Object.assign(me, JSON.parse(text));
  if (path.startsWith("devices/import")) {
    const row = (n: number, action: string, errors: object[] = []) => ({
      row: n,
      action,
      name: `rt-new-${n}`,
      ip: `10.9.9.${n}`,
      errors,
    });
    const rows = [
      row(2, "create"),
      row(3, "update"),
      row(4, "unchanged"),
      row(5, "error", [
        { field: "ip", message: "is not an address", hint: "for example 10.1.2.3" },
      ]),
    ];
    return {
      dry_run: true,
      total: 4,
      created: 1,
      updated: 1,
      unchanged: 1,
      failed: 1,
      applied: false,
      rows,
    };
  }
  if (path === "devices" && method === "POST") {
    return problem(response, 422, "invalid_input", [
      { field: "ip", message: "is in use at this site", hint: "" },
    ]);
  }
  if (path === "incidents/ack") return { acknowledged: 2 };
  const acked = /^incidents\/(\d+)\/ack$/.exec(path);
  if (acked) {
    const found = incidents.find((one) => one.id === Number(acked[1]));
    return Object.assign(found ?? {}, {
      state: "acknowledged",
      acknowledged_by: "admin",
      acknowledged_at: iso(Date.now()),
    });
  }
  return method === "DELETE" ? null : {};
}

async function answer(request: IncomingMessage, response: ServerResponse, next: Next) {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!url.pathname.startsWith("/api/v1/")) return next();
  const path = url.pathname.slice("/api/v1/".length);
  if (path === "events") return stream(response);
  const text = await body(request);
  await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
  const safe = request.method === "GET";
  if (!signedIn && safe && path !== "auth/state")
    return problem(response, 401, "not_authenticated");
  const result = safe
    ? read(path, url.searchParams)
    : await change(path, request.method ?? "", text, response);
  if (response.writableEnded) return;
  if (result === undefined) return problem(response, 404, "not_found");
  response.writeHead(result === null ? 204 : 200, { "content-type": "application/json" });
  response.end(result === null ? undefined : JSON.stringify(result));
}

/** Answers `/api/v1` of the development and preview servers with an invented bank. */
export function mock(): Plugin {
  const use = (request: IncomingMessage, response: ServerResponse, next: Next) =>
    void answer(request, response, next);
  return {
    name: "ward-mock",
    configureServer: (server) => void server.middlewares.use(use),
    configurePreviewServer: (server) => void server.middlewares.use(use),
  };
}
