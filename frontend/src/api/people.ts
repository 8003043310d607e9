import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { change, get } from "./http";
import { keys } from "./keys";
import type { Page, Role, Token, User } from "./types";

export const useUsers = () =>
  useQuery({
    queryKey: keys.users,
    queryFn: ({ signal }) => get<Page<User>>("/users", { limit: 1000 }, signal),
  });

export const useTokens = () =>
  useQuery({
    queryKey: keys.tokens,
    queryFn: ({ signal }) => get<Page<Token>>("/tokens", { limit: 1000 }, signal),
  });

export interface UserBody {
  username?: string;
  display_name?: string;
  role?: Role;
  password?: string;
  disabled?: boolean;
}

export function useSaveUser(id: number | null) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (body: UserBody) =>
      id === null
        ? change<User>("POST", "/users", body)
        : change<User>("PATCH", `/users/${id}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (body: { name: string; role: Role }) =>
      change<Token & { token: string }>("POST", "/tokens", body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
}

/** Removes a user or a token for good. */
export function useRemove(resource: "users" | "tokens") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => change<void>("DELETE", `/${resource}/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys[resource] }),
  });
}
