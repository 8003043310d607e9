import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gathered } from "./gathered";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const live = () => new AbortController().signal;

test("wishes of one moment go together, in requests that are not too large", async () => {
  const asked: number[][] = [];
  const one = gathered(
    async (ids) => {
      asked.push(ids);
      return new Map(ids.map((id) => [id, id * 10]));
    },
    { most: 2, moment_ms: 50 },
  );
  const values = Promise.all([one(1, live()), one(2, live()), one(3, live())]);
  await vi.advanceTimersByTimeAsync(50);
  expect(await values).toEqual([10, 20, 30]);
  expect(asked).toEqual([[1, 2], [3]]);
});

test("what scrolled away meanwhile is not asked for", async () => {
  const ask = vi.fn(async (ids: number[]) => new Map(ids.map((id) => [id, id])));
  const one = gathered(ask, { most: 9, moment_ms: 50 });
  const gone = new AbortController();
  void one(1, gone.signal);
  const stays = one(2, live());
  gone.abort();
  await vi.advanceTimersByTimeAsync(50);
  expect(await stays).toBe(2);
  expect(ask.mock.calls).toEqual([[[2]]]);
});

test("a refusal reaches all that wished", async () => {
  const one = gathered(() => Promise.reject(new Error("away")), { most: 9, moment_ms: 0 });
  const both = Promise.allSettled([one(1, live()), one(2, live())]);
  await vi.advanceTimersByTimeAsync(0);
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
