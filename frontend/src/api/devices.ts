import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, asked, body, PREFIX } from "./client";
import { keys } from "./keys";
import type { DeviceBody, DeviceChange, DeviceFilter, DeviceQuery, ImportReport } from "./types";

export const PAGE = 100;
// The age of the last check is told by the lists; the stream tells of changes only.
export const REFRESH_MS = 15_000;

/** One page of the list; asked for again at times, unless it is held still. */
export const devicePage = (query: DeviceQuery, page: number, held: boolean) =>
  queryOptions({
    queryKey: [...keys.devices, "page", query, page],
    queryFn: ({ signal }) => {
      const part = asked({ ...query, skip: page * PAGE, limit: PAGE });
      return body(api.GET("/api/v1/devices", { params: { query: part }, signal }));
    },
    refetchInterval: held ? false : REFRESH_MS,
  });

export const useDevice = (id: number) =>
  useQuery({
    queryKey: [...keys.devices, "one", id],
    queryFn: ({ signal }) => {
      const path = { device_id: id };
      return body(api.GET("/api/v1/devices/{device_id}", { params: { path }, signal }));
    },
    refetchInterval: REFRESH_MS,
  });

export const useFacets = (filter: DeviceFilter) =>
  useQuery({
    queryKey: [...keys.devices, "facets", filter],
    queryFn: ({ signal }) => {
      const query = asked(filter);
      return body(api.GET("/api/v1/devices/facets", { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** Where the devices that match are downloaded. */
export function exportAddress(filter: DeviceFilter, format: "csv" | "json"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(asked(filter))) {
    for (const one of Array.isArray(value) ? value : [value]) {
      query.append(name, String(one));
    }
  }
  return `${PREFIX}/devices/export?${query}`;
}

export const useDeviceIncidents = (id: number) =>
  useQuery({
    queryKey: [...keys.incidents, "device", id],
    queryFn: ({ signal }) => {
      const params = { path: { device_id: id }, query: { limit: 20 } };
      return body(api.GET("/api/v1/devices/{device_id}/incidents", { params, signal }));
    },
  });

export function useCreateDevice() {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (device: DeviceBody) => body(api.POST("/api/v1/devices", { body: device })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}

export function useChangeDevice(id: number) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (device: DeviceChange) => {
      const params = { path: { device_id: id } };
      return body(api.PATCH("/api/v1/devices/{device_id}", { params, body: device }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.devices }),
  });
}

export function useDeleteDevice(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const path = { device_id: id };
      await api.DELETE("/api/v1/devices/{device_id}", { params: { path } });
    },
    onSettled: () =>
      client.invalidateQueries({
        queryKey: keys.devices,
        predicate: ({ queryKey }) => queryKey[1] !== "one",
      }),
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
    mutationFn: ({ text, format, dryRun }: ImportOrder): Promise<ImportReport> =>
      body(
        api.POST("/api/v1/devices/import", {
          params: { query: { format, dry_run: dryRun } },
          body: text as never,
          bodySerializer: (file: unknown) => file as string,
          headers: { "Content-Type": format === "csv" ? "text/csv" : "application/json" },
        }),
      ),
    onSuccess: (report) => (report.applied ? client.invalidateQueries() : undefined),
  });
}
