import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveFeed } from "./live";

class Source extends EventTarget {
  static last: Source;
  static count = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.last = this;
    Source.count += 1;
  }
  close() {
    this.closed = true;
  }
  say(type: string, data: object, lastEventId = "0-7") {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
}

const polled: string[] = [];
let answer: () => Response;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", async (request: Request) => {
    polled.push(new URL(request.url).search);
    return answer();
  });
  polled.length = 0;
  Source.count = 0;
  answer = () => Response.json({ events: [], cursor: "0-9", reset: false });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("is live when the stream opens", () => {
  const feed = new LiveFeed(new QueryClient());
  const stop = feed.start();
  expect(feed.snapshot().state).toBe("connecting");
  Source.last.onopen?.();
  expect(feed.snapshot().state).toBe("live");
  stop();
  expect(Source.last.closed).toBe(true);
});

test("polls from where the stream ended when it is away for ten seconds", async () => {
  const feed = new LiveFeed(new QueryClient());
  const stop = feed.start();
  Source.last.onopen?.();
  Source.last.say("hello", { cursor: "0-7" });
  Source.last.onerror?.();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(polled).toEqual([]);
  await vi.advanceTimersByTimeAsync(6_100);
  expect(feed.snapshot().state).toBe("polling");
  expect(polled).toEqual(["?after=0-7", "?after=0-9"]);
  stop();
});

test("goes back to the stream when it can", async () => {
  const feed = new LiveFeed(new QueryClient());
  const stop = feed.start();
  await vi.advanceTimersByTimeAsync(41_000);
  expect(Source.count).toBe(2);
  expect(Source.last.url).toContain("after=0-9");
  Source.last.onopen?.();
  const asked = polled.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(polled).toHaveLength(asked);
  expect(feed.snapshot().state).toBe("live");
  stop();
});

test("says that it is offline when nothing answers", async () => {
  answer = () => {
    throw new TypeError("no network");
  };
  const feed = new LiveFeed(new QueryClient());
  const stop = feed.start();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(feed.snapshot().state).toBe("offline");
  stop();
});

test("asks for everything again when events may be missing", async () => {
  const client = new QueryClient();
  const refetched = vi.spyOn(client, "invalidateQueries");
  const feed = new LiveFeed(client);
  const stop = feed.start();
  Source.last.say("reset", {});
  expect(refetched).toHaveBeenCalledWith();
  stop();
});
