import { useQuery } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import type { Me } from "@/api/types";

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time zone the user chose, else the browser's. */
export function useZone(): string {
  const { data } = useQuery<Me>({ queryKey: keys.me, enabled: false });
  return data?.time_zone || browserZone();
}
