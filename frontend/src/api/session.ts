import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { change, get } from "./http";
import { keys } from "./keys";
import type { AuthState, Me, Role } from "./types";
import { ROLES } from "./types";

export const authQuery = queryOptions({
  queryKey: keys.auth,
  queryFn: () => get<AuthState>("/auth/state"),
  staleTime: 60_000,
});
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => get<Me>("/me"),
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
    mutationFn: (body: { username: string; password: string }) =>
      change<Me>("POST", "/auth/login", body),
    onSuccess: useEntered(),
  });
}

export function useSetup() {
  return useMutation({
    meta: { inForm: true },
    mutationFn: (body: { token: string; username: string; password: string }) =>
      change<Me>("POST", "/auth/setup", body),
    onSuccess: useEntered(),
  });
}

export function useLogout() {
  return useMutation({ mutationFn: () => change<void>("POST", "/auth/logout") });
}

export function useSaveMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<Me>) => change<Me>("PATCH", "/me", body),
    onMutate: (body) => {
      client.setQueryData<Me>(keys.me, (me) => (me ? { ...me, ...body } : me));
    },
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: () => client.invalidateQueries({ queryKey: keys.me }),
  });
}

export function useChangePassword() {
  return useMutation({
    meta: { inForm: true },
    mutationFn: (body: { current_password: string; new_password: string }) =>
      change<void>("POST", "/me/password", body),
  });
}
