import type { QueryClient } from "@tanstack/react-query";
import { keys } from "./keys";
import { patchPage, patchRow, patchWall } from "./patch";
import type { Incident, IncidentDetail, Page, Shown, TargetChange, Wall } from "./types";

export type Changed = "devices" | "links" | "incidents";
type Listener = (kind: Changed, ids: readonly number[]) => void;
type Row = Shown & { id: number };

const INVENTORY = ["devices", "links", "branches", "regions", "providers", "profiles", "sites"];
const REFRESH_MS = 2000;
const HIDDEN_MS = 250;

/** Writes events into the query cache, gathered per frame; counted things are asked for anew. */
export class Patches {
  private readonly waiting = new Map<number, TargetChange>();
  private readonly listeners = new Set<Listener>();
  private readonly due = new Set<string>();
  private frame = false;
  private refreshing = 0;

  constructor(private readonly client: QueryClient) {}

  /** Be told which rows changed; lists decide themselves when to show it. */
  readonly listen = (listener: Listener) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  take(type: string, data: unknown) {
    if (type === "status") {
      for (const target of (data as { targets: TargetChange[] }).targets) {
        this.waiting.set(target.id, target);
      }
      this.nextFrame();
    } else if (type === "incident") {
      this.incident((data as { incident: Incident }).incident);
    } else if (type === "inventory") {
      this.refreshSoon(...INVENTORY, "wall", "dashboard");
    } else if (type === "reset") {
      void this.client.invalidateQueries();
    }
  }

  private nextFrame() {
    if (!this.frame) {
      this.frame = true;
      // A hidden page has no frames.
      if (document.hidden) {
        setTimeout(() => this.flush(), HIDDEN_MS);
      } else {
        requestAnimationFrame(() => this.flush());
      }
    }
  }

  private flush() {
    this.frame = false;
    const changes = new Map(this.waiting);
    this.waiting.clear();
    for (const kind of ["devices", "links"] as const) {
      const ids = [...changes.values()].filter((c) => `${c.kind}s` === kind).map((c) => c.id);
      if (ids.length) {
        this.rows(kind, changes, ids);
        this.emit(kind, ids);
      }
    }
    this.client.setQueryData<Wall>(keys.wall, (wall) => wall && patchWall(wall, changes));
    this.refreshSoon("dashboard", "branches", "facets");
  }

  private rows(kind: "devices" | "links", changes: Map<number, TargetChange>, ids: number[]) {
    this.client.setQueriesData<Page<Row>>(
      { queryKey: [kind, "page"] },
      (page) => page && patchPage(page, changes),
    );
    for (const id of ids) {
      this.client.setQueryData<Row>([kind, "one", id], (row) => row && patchRow(row, changes));
      void this.client.invalidateQueries({ queryKey: [kind, "events", id] });
    }
  }

  private incident(incident: Incident) {
    const one = [...keys.incidents, "one", incident.id];
    const swap = (row: Incident) => (row.id === incident.id ? incident : row);
    this.client.setQueriesData<Page<Incident>>(
      { queryKey: [...keys.incidents, "list"] },
      (page) => page && { ...page, items: page.items.map(swap) },
    );
    this.client.setQueryData<IncidentDetail>(one, (detail) => detail && { ...detail, ...incident });
    void this.client.invalidateQueries({ queryKey: one });
    this.emit("incidents", [incident.id]);
    this.refreshSoon("dashboard");
  }

  private emit(kind: Changed, ids: readonly number[]) {
    for (const listener of this.listeners) {
      listener(kind, ids);
    }
  }

  private refreshSoon(...names: string[]) {
    for (const name of names) {
      this.due.add(name);
    }
    this.refreshing ||= window.setTimeout(() => {
      this.refreshing = 0;
      for (const name of this.due) {
        const queryKey = name === "facets" ? [...keys.devices, "facets"] : [name];
        void this.client.invalidateQueries({ queryKey });
      }
      this.due.clear();
    }, REFRESH_MS);
  }
}
