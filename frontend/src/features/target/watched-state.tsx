import { lazy, Suspense, useState } from "react";
import type { Shown } from "@/api/types";
import { useKeys } from "@/ui/keys";
import { StateLine } from "./state-line";

const EvidenceDialog = lazy(() => import("./evidence-dialog"));

/** The state of a device or link, with "why?" beside it; `e` asks too. */
export function WatchedState({
  kind,
  row,
}: {
  kind: "devices" | "links";
  row: Shown & { id: number; name: string };
}) {
  const [asked, setAsked] = useState(false);
  const ask = () => setAsked(true);
  useKeys({ e: ask });
  return (
    <>
      <StateLine row={row} onWhy={ask} />
      <Suspense>
        {asked ? <EvidenceDialog kind={kind} row={row} onClose={() => setAsked(false)} /> : null}
      </Suspense>
    </>
  );
}
