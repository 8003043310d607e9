import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "./client";
import { keys } from "./keys";
import type { Role } from "./types";

const ALL = { query: { limit: 1000 } };

export const useUsers = () =>
  useQuery({
    queryKey: keys.users,
    queryFn: ({ signal }) => body(api.GET("/api/v1/users", { params: ALL, signal })),
  });

export const useTokens = () =>
  useQuery({
    queryKey: keys.tokens,
    queryFn: ({ signal }) => body(api.GET("/api/v1/tokens", { params: ALL, signal })),
  });

export interface UserBody {
  username?: string;
  display_name: string;
  role: Role;
  password?: string;
  disabled?: boolean;
}

/** Adds a user, or changes the one with the id. */
export function useSaveUser(id: number | null) {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: ({ username = "", password = "", ...user }: UserBody) => {
      if (id === null) {
        return body(api.POST("/api/v1/users", { body: { username, password, ...user } }));
      }
      const change = { disabled: false, ...user, ...(password ? { password } : {}) };
      const params = { path: { user_id: id } };
      return body(api.PATCH("/api/v1/users/{user_id}", { params, body: change }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: (token: { name: string; role: Role }) =>
      body(api.POST("/api/v1/tokens", { body: token })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useDeleteUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      body(api.DELETE("/api/v1/users/{user_id}", { params: { path: { user_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useDeleteToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      body(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
}
