import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Query } from "./http";
import { change, get, PREFIX, queryText } from "./http";
import { keys } from "./keys";
import type {
  Device,
  DeviceBody,
  Facets,
  History,
  ImportReport,
  Incident,
  Named,
  Page,
  StatusEvent,
} from "./types";

export const PAGE = 100;

export const devicePage = (query: Query, page: number) =>
  queryOptions({
    queryKey: [...keys.devices, "page", query, page],
    queryFn: ({ signal }) =>
      get<Page<Device>>("/devices", { ...query, skip: page * PAGE, limit: PAGE }, signal),
  });
export const deviceQuery = (id: number) =>
  queryOptions({
    queryKey: [...keys.devices, "one", id],
    queryFn: ({ signal }) => get<Device>(`/devices/${id}`, {}, signal),
  });

export const useDevice = (id: number) => useQuery(deviceQuery(id));

export const useFacets = (query: Query) =>
  useQuery({
    queryKey: [...keys.devices, "facets", query],
    queryFn: ({ signal }) => get<Facets>("/devices/facets", query, signal),
    placeholderData: keepPreviousData,
  });

export const exportAddress = (query: Query, format: "csv" | "json") =>
  `${PREFIX}/devices/export${queryText({ ...query, format })}`;

/** History of a device or link from `seconds` ago until now. */
export const useHistory = (kind: "devices" | "links", id: number, seconds: number) =>
  useQuery({
    queryKey: [kind, "history", id, seconds],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const from = new Date(to - seconds * 1000).toISOString();
      const range = { from, to: new Date(to).toISOString(), points: 300 };
      return get<History>(`/${kind}/${id}/history`, range, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(15_000, (seconds * 1000) / 300),
  });

export const useTargetEvents = (kind: "devices" | "links", id: number) =>
  useQuery({
    queryKey: [kind, "events", id],
    queryFn: ({ signal }) => get<Page<StatusEvent>>(`/${kind}/${id}/events`, { limit: 50 }, signal),
  });

export const useDeviceIncidents = (id: number) =>
  useQuery({
    queryKey: [...keys.incidents, "device", id],
    queryFn: ({ signal }) => get<Page<Incident>>(`/devices/${id}/incidents`, { limit: 20 }, signal),
  });

export function useSaveDevice(id: number | null) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (body: Partial<DeviceBody>) =>
      id === null
        ? change<Device>("POST", "/devices", body)
        : change<Device>("PATCH", `/devices/${id}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}

export function useDeleteDevices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly number[]) => {
      for (const id of ids) {
        await change<void>("DELETE", `/devices/${id}`);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}

export interface ImportOrder {
  text: string;
  format: "csv" | "json";
  dryRun: boolean;
}

export function useImportDevices() {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: ({ text, format, dryRun }: ImportOrder) =>
      change<ImportReport>(
        "POST",
        `/devices/import${queryText({ format, dry_run: dryRun })}`,
        text,
        format === "csv" ? "text/csv" : "application/json",
      ),
    onSuccess: (report) => {
      if (report.applied) {
        return client.invalidateQueries();
      }
    },
  });
}

/** Names to choose from; `resource` is `branches`, `profiles`, `regions`, `providers` or `sites`. */
export const useChoices = (resource: string) =>
  useQuery({
    queryKey: [resource, "choices"],
    queryFn: ({ signal }) =>
      get<Page<Named>>(`/${resource}`, { limit: 1000, sort: "name" }, signal),
    staleTime: 60_000,
    select: (page) => page.items,
  });
