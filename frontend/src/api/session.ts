import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import { keys } from "./keys";
import type { Me, Preferences, Role } from "./types";
import { ROLES } from "./types";

export const authQuery = queryOptions({
  queryKey: keys.auth,
  queryFn: () => body(api.GET("/api/v1/auth/state")),
  staleTime: 60_000,
});
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => body(api.GET("/api/v1/me")),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const useMe = () => useSuspenseQuery(meQuery).data;
export const useMay = (role: Role) => ROLES.indexOf(useMe().role) >= ROLES.indexOf(role);

function useEntered() {
  const client = useQueryClient();
  return (me: Me) => {
    client.clear();
    client.setQueryData(keys.me, me);
  };
}

export function useLogin() {
  return useMutation({
    meta: { inForm: true },
    mutationFn: (login: { username: string; password: string }) =>
      body(api.POST("/api/v1/auth/login", { body: login })),
    onSuccess: useEntered(),
  });
}

export function useSetup() {
  return useMutation({
    meta: { inForm: true },
    mutationFn: (setup: { token: string; username: string; password: string }) =>
      body(api.POST("/api/v1/auth/setup", { body: setup })),
    onSuccess: useEntered(),
  });
}

export function useLogout() {
  return useMutation({ mutationFn: () => body(api.POST("/api/v1/auth/logout")) });
}

export function useSaveMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Preferences) => body(api.PATCH("/api/v1/me", { body: change })),
    onMutate: (change) => {
      client.setQueryData<Me>(keys.me, (me) => (me ? { ...me, ...change } : me));
    },
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: () => client.invalidateQueries({ queryKey: keys.me }),
  });
}

export function useChangePassword() {
  return useMutation({
    meta: { inForm: true },
    mutationFn: (change: { current_password: string; new_password: string }) =>
      body(api.POST("/api/v1/me/password", { body: change })),
  });
}
