import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Query } from "./http";
import { change, get } from "./http";
import { keys } from "./keys";
import type { Incident, IncidentDetail, Page, TimelineEntry } from "./types";

export const useIncidents = (query: Query) =>
  useQuery({
    queryKey: [...keys.incidents, "list", query],
    queryFn: ({ signal }) => get<Page<Incident>>("/incidents", query, signal),
    placeholderData: keepPreviousData,
  });

export const useIncident = (id: number) =>
  useQuery({
    queryKey: [...keys.incidents, "one", id],
    queryFn: ({ signal }) => get<IncidentDetail>(`/incidents/${id}`, {}, signal),
  });

export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      change<{ acknowledged: number }>("POST", "/incidents/ack", { ids }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.incidents }),
        client.invalidateQueries({ queryKey: keys.dashboard }),
      ]),
  });
}

export function useComment(id: number) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (text: string) =>
      change<TimelineEntry>("POST", `/incidents/${id}/comment`, { text }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.incidents, "one", id] }),
  });
}
