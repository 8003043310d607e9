import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { Problem } from "@/api/client";
import { dashboardQuery, wallQuery } from "@/api/overview";
import { authQuery, meQuery } from "@/api/session";
import { branchSearch } from "@/features/branches/search";
import { deviceSearch } from "@/features/devices/search";
import { incidentSearch } from "@/features/incidents/search";
import { linkSearch } from "@/features/links/search";
import { wallSearch } from "@/features/wall/search";
import { NotFound, PageError, PagePending } from "./outcomes";
import { listSearch, parseSearch, stringifySearch, textOf } from "./search";

const root = createRootRouteWithContext<{ client: QueryClient }>()({});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search): { return?: string | undefined } => ({ return: textOf(search.return) }),
  component: lazyRouteComponent(() => import("@/features/login/page"), "LoginPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (search): { token?: string | undefined } => ({ token: textOf(search.token) }),
  component: lazyRouteComponent(() => import("@/features/login/setup-page"), "SetupPage"),
});

/** Everything behind the sign-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: lazyRouteComponent(() => import("./shell"), "Shell"),
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) {
        throw error;
      }
      const state = await context.client.fetchQuery(authQuery);
      if (state.setup_required) {
        throw redirect({ to: "/setup" });
      }
      throw redirect({ to: "/login", search: { return: location.href } });
    }
  },
});

const parent = () => app;
const idParam = {
  parse: ({ id }: { id: string }) => ({ id: Number(id) }),
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

const rangeSearch = (search: Record<string, unknown>): { range?: string | undefined } => ({
  range: textOf(search.range),
});

const overview = createRoute({
  getParentRoute: parent,
  path: "/",
  loader: ({ context }) => void context.client.prefetchQuery(dashboardQuery),
  component: lazyRouteComponent(() => import("@/features/overview/page"), "OverviewPage"),
});
const wall = createRoute({
  getParentRoute: parent,
  path: "/wall",
  loader: ({ context }) => void context.client.prefetchQuery(wallQuery),
  validateSearch: wallSearch,
  component: lazyRouteComponent(() => import("@/features/wall/page"), "WallPage"),
});
const devices = createRoute({
  getParentRoute: parent,
  path: "/devices",
  validateSearch: deviceSearch,
  component: lazyRouteComponent(() => import("@/features/devices/page"), "DevicesPage"),
});
const device = createRoute({
  getParentRoute: parent,
  path: "/devices/$id",
  params: idParam,
  validateSearch: rangeSearch,
  component: lazyRouteComponent(() => import("@/features/device/page"), "DevicePage"),
});
const branches = createRoute({
  getParentRoute: parent,
  path: "/branches",
  validateSearch: branchSearch,
  component: lazyRouteComponent(() => import("@/features/branches/page"), "BranchesPage"),
});
const branch = createRoute({
  getParentRoute: parent,
  path: "/branches/$id",
  params: idParam,
  component: lazyRouteComponent(() => import("@/features/branch/page"), "BranchPage"),
});
const links = createRoute({
  getParentRoute: parent,
  path: "/links",
  validateSearch: linkSearch,
  component: lazyRouteComponent(() => import("@/features/links/page"), "LinksPage"),
});
const link = createRoute({
  getParentRoute: parent,
  path: "/links/$id",
  params: idParam,
  validateSearch: rangeSearch,
  component: lazyRouteComponent(() => import("@/features/link/page"), "LinkPage"),
});
const incidents = createRoute({
  getParentRoute: parent,
  path: "/incidents",
  validateSearch: incidentSearch,
  component: lazyRouteComponent(() => import("@/features/incidents/page"), "IncidentsPage"),
});
const incident = createRoute({
  getParentRoute: parent,
  path: "/incidents/$id",
  params: idParam,
  component: lazyRouteComponent(() => import("@/features/incident/page"), "IncidentPage"),
});
const regions = createRoute({
  getParentRoute: parent,
  path: "/regions",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/regions/page"), "RegionsPage"),
});
const region = createRoute({
  getParentRoute: parent,
  path: "/regions/$id",
  params: idParam,
  component: lazyRouteComponent(() => import("@/features/region/page"), "RegionPage"),
});
const providers = createRoute({
  getParentRoute: parent,
  path: "/providers",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/providers/page"), "ProvidersPage"),
});
const provider = createRoute({
  getParentRoute: parent,
  path: "/providers/$id",
  params: idParam,
  component: lazyRouteComponent(() => import("@/features/provider/page"), "ProviderPage"),
});
const cadences = createRoute({
  getParentRoute: parent,
  path: "/cadences",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/profiles/page"), "ProfilesPage"),
});
const sites = createRoute({
  getParentRoute: parent,
  path: "/sites",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/sites/page"), "SitesPage"),
});
const people = createRoute({
  getParentRoute: parent,
  path: "/users",
  component: lazyRouteComponent(() => import("@/features/people/page"), "PeoplePage"),
});
const profile = createRoute({
  getParentRoute: parent,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/features/profile/page"), "ProfilePage"),
});

const tree = root.addChildren([
  login,
  setup,
  app.addChildren([
    overview,
    wall,
    devices,
    device,
    branches,
    branch,
    links,
    link,
    incidents,
    incident,
    regions,
    region,
    providers,
    provider,
    cadences,
    sites,
    people,
    profile,
  ]),
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
