import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Patches } from "./patches";
import type { Device, Incident, Page } from "./types";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = <Item>(items: Item[]): Page<Item> => ({
  items,
  total: items.length,
  skip: 0,
  limit: 100,
  has_more: false,
});

test("a change of state reaches every list and page that shows the device, once a frame", () => {
  const client = new QueryClient();
  const device = { id: 7, status: "up", rtt_ms: 3 } as Device;
  client.setQueryData(["devices", "page", {}, 0], page([device, { ...device, id: 8 }]));
  client.setQueryData(["devices", "one", 7], device);
  const patches = new Patches(client);
  const told = vi.fn();
  patches.listen(told);
  const target = { id: 7, kind: "device", status: "down", since: null, down_since: null };
  patches.take("status", { targets: [{ ...target, status: "up" }] });
  patches.take("status", { targets: [target] });
  vi.advanceTimersByTime(300);
  const rows = client.getQueryData<Page<Device>>(["devices", "page", {}, 0])?.items;
  expect(rows?.map((row) => row.status)).toEqual(["down", "up"]);
  expect(client.getQueryData<Device>(["devices", "one", 7])?.status).toBe("down");
  expect(told).toHaveBeenCalledExactlyOnceWith("devices", [7]);
});

test("an incident is renewed where it is listed and told to the lists", () => {
  const client = new QueryClient();
  const incident = { id: 3, state: "open" } as Incident;
  client.setQueryData(["incidents", "list", {}], page([incident]));
  const patches = new Patches(client);
  const told = vi.fn();
  patches.listen(told);
  patches.take("incident", { change: "acknowledged", incident: { id: 3, state: "acknowledged" } });
  const rows = client.getQueryData<Page<Incident>>(["incidents", "list", {}])?.items;
  expect(rows?.[0]?.state).toBe("acknowledged");
  expect(told).toHaveBeenCalledWith("incidents", [3]);
});
