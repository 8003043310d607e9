import { Building2 } from "lucide-react";
import type { Found } from "@/api/types";
import { useT } from "@/i18n";
import { useIncidentTitle } from "@/ui/incident-title";
import { SeverityMark } from "@/ui/severity";
import { StatusMark } from "@/ui/status-mark";
import { Group, Item } from "./parts";

type Route = "/devices/$id" | "/branches/$id" | "/incidents/$id" | "/links/$id";
type Open = (target: { to: Route; params: { id: number } }) => void;

/** What the server found, by kind. */
export function FoundGroups({ found, onOpen }: { found: Found; onOpen: Open }) {
  const t = useT();
  const title = useIncidentTitle();
  const opening = (to: Route, id: number) => () => onOpen({ to, params: { id } });
  return (
    <>
      {found.devices.length ? (
        <Group heading={t("nav.devices")}>
          {found.devices.map(({ id, name, ip, status, branch }) => (
            <Item
              key={id}
              value={`device ${id}`}
              onSelect={opening("/devices/$id", id)}
              aside={[branch, ip].filter(Boolean).join(" · ")}
            >
              <StatusMark status={status} label={false} />
              <span className="truncate">{name}</span>
            </Item>
          ))}
        </Group>
      ) : null}
      {found.branches.length ? (
        <Group heading={t("nav.branches")}>
          {found.branches.map(({ id, name, region }) => (
            <Item
              key={id}
              value={`branch ${id}`}
              onSelect={opening("/branches/$id", id)}
              aside={region}
            >
              <Building2 size={14} className="text-muted" aria-hidden />
              {name}
            </Item>
          ))}
        </Group>
      ) : null}
      {found.links.length ? (
        <Group heading={t("nav.links")}>
          {found.links.map(({ id, name, probe_address, status }) => (
            <Item
              key={id}
              value={`link ${id}`}
              onSelect={opening("/links/$id", id)}
              aside={probe_address}
            >
              <StatusMark status={status} label={false} />
              <span className="truncate">{name}</span>
            </Item>
          ))}
        </Group>
      ) : null}
      {found.incidents.length ? (
        <Group heading={t("nav.incidents")}>
          {found.incidents.map((incident) => (
            <Item
              key={incident.id}
              value={`incident ${incident.id}`}
              onSelect={opening("/incidents/$id", incident.id)}
              aside={t(`incident.state.${incident.state}`)}
            >
              <SeverityMark severity={incident.severity} label={false} />
              <span className="truncate">{title(incident)}</span>
            </Item>
          ))}
        </Group>
      ) : null}
    </>
  );
}
