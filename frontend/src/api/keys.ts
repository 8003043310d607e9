/** Query keys: the first part is the resource, so one event refreshes all that shows it. */
export const keys = {
  me: ["me"],
  auth: ["auth"],
  dashboard: ["dashboard"],
  wall: ["wall"],
  health: ["health"],
  devices: ["devices"],
  links: ["links"],
  branches: ["branches"],
  incidents: ["incidents"],
  users: ["users"],
  tokens: ["tokens"],
} as const;
