import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { beforeAll, expect, test } from "vitest";
import { speak } from "@/i18n";
import { useProof } from "./proof";

beforeAll(() => speak("en"));
const client = new QueryClient();
const wrapper = ({ children }: { children: ReactNode }) =>
  createElement(QueryClientProvider, { client }, children);
const told = (evidence: Record<string, unknown>, reason: string) =>
  renderHook(() => useProof(), { wrapper }).result.current({ evidence, reason });

test("silence is counted, and why one lost packet was not believed", () => {
  expect(told({ sent: 4, lost: 4, slot: 1 }, "no_answer")).toEqual([
    "0 of 4 packets were answered.",
    "One lost packet is only a suspicion: 4 were sent before this was believed.",
  ]);
});

test("a refusal from the way is told with its meaning", () => {
  expect(told({ sent: 1, lost: 1, code: 3 * 256 + 13 }, "unreachable")).toContain(
    "On the way somebody answered with ICMP type 3, code 13. A firewall on the way forbids it.",
  );
});

test("an error of the system is no ICMP", () => {
  expect(told({ sent: 1, lost: 1, code: 101 }, "no_route")).toContain(
    "The system refused to send (error 101).",
  );
});
