import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, asked, body } from "./client";
import { PAGE } from "./devices";
import { keys } from "./keys";
import type { IncidentDetail, IncidentQuery } from "./types";

export const useIncidents = (query: IncidentQuery) =>
  useQuery({
    queryKey: [...keys.incidents, "list", query],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/incidents", { params: { query: asked(query) }, signal })),
    placeholderData: keepPreviousData,
  });

/** One page of the inbox. */
export const incidentPage = (query: IncidentQuery, page: number) => ({
  queryKey: [...keys.incidents, "list", query, page],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const part = asked({ ...query, skip: page * PAGE, limit: PAGE });
    return body(api.GET("/api/v1/incidents", { params: { query: part }, signal }));
  },
});

export const useIncident = (id: number) =>
  useQuery({
    queryKey: [...keys.incidents, "one", id],
    queryFn: ({ signal }) => {
      const params = { path: { incident_id: id } };
      return body(
        api.GET("/api/v1/incidents/{incident_id}", { params, signal }),
      ) as Promise<IncidentDetail>;
    },
  });

export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      body(api.POST("/api/v1/incidents/ack", { body: { ids: [...ids] } })),
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
    mutationFn: (text: string) => {
      const params = { path: { incident_id: id } };
      return body(api.POST("/api/v1/incidents/{incident_id}/comment", { params, body: { text } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.incidents, "one", id] }),
  });
}
