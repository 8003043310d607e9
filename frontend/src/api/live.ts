import type { QueryClient } from "@tanstack/react-query";
import { api, body, PREFIX } from "./client";
import { Patches } from "./patches";

export type LiveState = "connecting" | "live" | "polling" | "offline";
export interface LiveView {
  state: LiveState;
  /** When the server was last heard, in ms since 1970. */
  heardAt: number;
}

const GIVE_UP_MS = 10_000;
const POLL_MS = 5_000;
const STREAM_AGAIN_MS = 30_000;
const TYPES = ["status", "incident", "inventory", "reset", "hello"] as const;

/** The one stream of events of the app, with polling where a stream does not get through. */
export class LiveFeed {
  readonly patches: Patches;
  private view: LiveView = { state: "connecting", heardAt: Date.now() };
  private readonly watchers = new Set<() => void>();
  private source: EventSource | null = null;
  private cursor = "";
  private givingUp = 0;
  private polling = 0;
  private trying = 0;

  constructor(client: QueryClient) {
    this.patches = new Patches(client);
  }

  start() {
    this.open();
    return () => this.stop();
  }

  readonly subscribe = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = () => this.view;

  private stop() {
    this.source?.close();
    this.source = null;
    this.quiet();
  }

  private quiet() {
    window.clearTimeout(this.givingUp);
    window.clearTimeout(this.polling);
    window.clearTimeout(this.trying);
    this.givingUp = 0;
    this.polling = 0;
  }

  private open() {
    this.source?.close();
    const after = this.cursor ? `?after=${encodeURIComponent(this.cursor)}` : "";
    const source = new EventSource(`${PREFIX}/events${after}`);
    this.source = source;
    for (const type of TYPES) {
      source.addEventListener(type, (event) => this.hear(type, event));
    }
    source.onopen = () => this.opened();
    source.onerror = () => this.broken();
    this.broken();
  }

  private opened() {
    this.quiet();
    this.tell("live");
  }

  /** Not connected: after a while without success, polling takes over. */
  private broken() {
    this.givingUp ||= window.setTimeout(() => this.fallBack(), GIVE_UP_MS);
    if (this.view.state === "live") {
      this.tell("connecting", this.view.heardAt);
    }
  }

  private fallBack() {
    this.source?.close();
    this.quiet();
    this.trying = window.setTimeout(() => this.open(), STREAM_AGAIN_MS);
    void this.poll();
  }

  private async poll() {
    try {
      const polled = await body(
        api.GET("/api/v1/events/poll", { params: { query: { after: this.cursor } } }),
      );
      for (const event of polled.events) {
        this.patches.take(event.type, event.data);
      }
      if (polled.reset) {
        this.patches.take("reset", {});
      }
      this.cursor = polled.cursor;
      if (this.view.state !== "live") {
        this.tell("polling");
      }
    } catch {
      this.tell("offline", this.view.heardAt);
    }
    if (this.source && this.view.state !== "live") {
      window.clearTimeout(this.polling);
      this.polling = window.setTimeout(() => void this.poll(), POLL_MS);
    }
  }

  private hear(type: string, event: MessageEvent<string>) {
    this.cursor = event.lastEventId || this.cursor;
    this.tell("live");
    this.patches.take(type, JSON.parse(event.data));
  }

  private tell(state: LiveState, heardAt = Date.now()) {
    if (state !== this.view.state || heardAt - this.view.heardAt > 1000) {
      this.view = { state, heardAt };
      for (const watcher of this.watchers) {
        watcher();
      }
    }
  }
}
