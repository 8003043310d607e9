import {
  Activity,
  Building2,
  Cable,
  Gauge,
  Grid3x3,
  Handshake,
  MapPinned,
  RadioTower,
  Server,
  SlidersHorizontal,
  Timer,
  Users,
} from "lucide-react";
import type { Role } from "@/api/types";

export const PAGES = [
  { to: "/", key: "nav.overview", icon: Gauge, role: "viewer" },
  { to: "/wall", key: "nav.wall", icon: Grid3x3, role: "viewer" },
  { to: "/incidents", key: "nav.incidents", icon: Activity, role: "viewer" },
  { to: "/devices", key: "nav.devices", icon: Server, role: "viewer" },
  { to: "/branches", key: "nav.branches", icon: Building2, role: "viewer" },
  { to: "/links", key: "nav.links", icon: Cable, role: "viewer" },
  { to: "/regions", key: "nav.regions", icon: MapPinned, role: "viewer" },
  { to: "/providers", key: "nav.providers", icon: Handshake, role: "viewer" },
  { to: "/cadences", key: "nav.cadences", icon: Timer, role: "viewer" },
  { to: "/sites", key: "nav.sites", icon: RadioTower, role: "viewer" },
  { to: "/users", key: "nav.users", icon: Users, role: "admin" },
  { to: "/profile", key: "nav.profile", icon: SlidersHorizontal, role: "viewer" },
] as const satisfies readonly { to: string; key: string; icon: unknown; role: Role }[];

/** What fits at the bottom of a telephone; the rest is behind "more". */
export const BOTTOM = 4;
