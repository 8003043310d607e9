import { api } from "./client";
import type {
  Branch,
  BranchBody,
  Link,
  LinkBody,
  Profile,
  ProfileBody,
  Provider,
  ProviderBody,
  Region,
  RegionBody,
  Site,
  SiteBody,
} from "./types";

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** How one kind of thing is read, added, changed and deleted. */
export interface Editable<Row, Body> {
  /** First part of its query keys. */
  key: string;
  read: (id: number) => Answer<Row>;
  create: (body: Body) => Answer<Row>;
  /** With the ETag the change is made from; null when any state will do. */
  change: (id: number, body: Body, etag: string | null) => Answer<Row>;
  remove: (id: number) => Answer<unknown>;
}

/** As much of it as deleting needs. */
export type Removable = Pick<Editable<unknown, never>, "key" | "remove">;

const from = (etag: string | null) => (etag ? { header: { "if-match": etag } } : {});

const region = (region_id: number) => ({ path: { region_id } });
export const REGIONS: Editable<Region, RegionBody> = {
  key: "regions",
  read: (id) => api.GET("/api/v1/regions/{region_id}", { params: region(id) }),
  create: (body) => api.POST("/api/v1/regions", { body }),
  change: (id, body, etag) =>
    api.PATCH("/api/v1/regions/{region_id}", { params: { ...region(id), ...from(etag) }, body }),
  remove: (id) => api.DELETE("/api/v1/regions/{region_id}", { params: region(id) }),
};

const branch = (branch_id: number) => ({ path: { branch_id } });
export const BRANCHES: Editable<Branch, BranchBody> = {
  key: "branches",
  read: (id) =>
    api.GET("/api/v1/branches/{branch_id}", { params: branch(id) }) as unknown as Answer<Branch>,
  create: (body) => api.POST("/api/v1/branches", { body }) as unknown as Answer<Branch>,
  change: (id, body, etag) =>
    api.PATCH("/api/v1/branches/{branch_id}", {
      params: { ...branch(id), ...from(etag) },
      body,
    }) as unknown as Answer<Branch>,
  remove: (id) => api.DELETE("/api/v1/branches/{branch_id}", { params: branch(id) }),
};

const provider = (provider_id: number) => ({ path: { provider_id } });
export const PROVIDERS: Editable<Provider, ProviderBody> = {
  key: "providers",
  read: (id) => api.GET("/api/v1/providers/{provider_id}", { params: provider(id) }),
  create: (body) => api.POST("/api/v1/providers", { body }),
  change: (id, body, etag) =>
    api.PATCH("/api/v1/providers/{provider_id}", {
      params: { ...provider(id), ...from(etag) },
      body,
    }),
  remove: (id) => api.DELETE("/api/v1/providers/{provider_id}", { params: provider(id) }),
};

const profile = (profile_id: number) => ({ path: { profile_id } });
export const PROFILES: Editable<Profile, ProfileBody> = {
  key: "profiles",
  read: (id) => api.GET("/api/v1/profiles/{profile_id}", { params: profile(id) }),
  create: (body) => api.POST("/api/v1/profiles", { body }),
  change: (id, body, etag) =>
    api.PATCH("/api/v1/profiles/{profile_id}", { params: { ...profile(id), ...from(etag) }, body }),
  remove: (id) => api.DELETE("/api/v1/profiles/{profile_id}", { params: profile(id) }),
};

const site = (site_id: number) => ({ path: { site_id } });
export const SITES: Editable<Site, SiteBody> = {
  key: "sites",
  read: (id) => api.GET("/api/v1/sites/{site_id}", { params: site(id) }),
  create: (body) => api.POST("/api/v1/sites", { body }),
  change: (id, body, etag) =>
    api.PATCH("/api/v1/sites/{site_id}", { params: { ...site(id), ...from(etag) }, body }),
  remove: (id) => api.DELETE("/api/v1/sites/{site_id}", { params: site(id) }),
};

const link = (link_id: number) => ({ path: { link_id } });
export const LINKS: Editable<Link, LinkBody> = {
  key: "links",
  read: (id) => api.GET("/api/v1/links/{link_id}", { params: link(id) }),
  create: (body) => api.POST("/api/v1/links", { body }),
  change: (id, body, etag) =>
    api.PATCH("/api/v1/links/{link_id}", {
      params: { ...link(id), ...from(etag) },
      body: body as never,
    }),
  remove: (id) => api.DELETE("/api/v1/links/{link_id}", { params: link(id) }),
};
