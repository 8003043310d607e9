import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body } from "./client";
import type { Editable, Removable } from "./editables";

/** What is stored, with the ETag that a change is made from. */
export interface Stored<Row> {
  row: Row;
  etag: string | null;
}

/** As it is stored at this moment: a form never begins from what a list read before. */
export const useStored = <Row, Body>(kind: Editable<Row, Body>, id: number | null) =>
  useQuery({
    // Outside of the kind's own key: events must not renew it, nor its ETag, under what is typed.
    queryKey: ["stored", kind.key, id],
    queryFn: async (): Promise<Stored<Row>> => {
      const { data, response } = await kind.read(id as number);
      return { row: data as Row, etag: response.headers.get("etag") };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: id !== null,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export interface Change<Body> {
  id: number | null;
  body: Body;
  etag: string | null;
}

/** Adds, or changes the one with the id. */
export function useSave<Row, Body>(kind: Editable<Row, Body>) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: ({ id, body: sent, etag }: Change<Body>) =>
      body(id === null ? kind.create(sent) : kind.change(id, sent, etag)),
    onSuccess: () => client.invalidateQueries({ queryKey: [kind.key] }),
  });
}

export function useRemove(kind: Removable) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: async (id: number) => {
      await kind.remove(id);
    },
    // Not the page of what is gone: it would say so before one has left it.
    onSuccess: () =>
      client.invalidateQueries({
        queryKey: [kind.key],
        predicate: ({ queryKey }) => queryKey[1] !== "one",
      }),
  });
}
