import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { IncidentDetail } from "@/api/types";
import { useT } from "@/i18n";
import { Lasting, Stamp } from "@/ui/time";

const LINK = "text-accent hover:underline";

export function IncidentFacts({ incident }: { incident: IncidentDetail }) {
  const t = useT();
  return (
    <dl className="flex flex-wrap divide-x divide-line rounded-md border border-line bg-surface max-md:grid max-md:grid-cols-2 max-md:divide-x-0">
      <Fact name={t("incident.lasting")}>
        <Lasting
          since={incident.opened_at}
          until={incident.resolved_at}
          className="font-semibold"
        />
      </Fact>
      <Fact name={t("incident.opened")}>
        <Stamp time={incident.opened_at} />
      </Fact>
      {incident.acknowledged_at ? (
        <Fact name={t("incident.acknowledged_by", { name: incident.acknowledged_by ?? "–" })}>
          <Stamp time={incident.acknowledged_at} />
        </Fact>
      ) : null}
      {incident.resolved_at ? (
        <Fact name={t("incident.resolved")}>
          <Stamp time={incident.resolved_at} />
        </Fact>
      ) : null}
      <Fact name={t("incident.affected")}>
        {incident.subjects_down} / {incident.subject_count}
      </Fact>
      {incident.branch ? (
        <Fact name={t("device.branch")}>
          <Link to="/branches/$id" params={{ id: incident.branch.id }} className={LINK}>
            {incident.branch.name}
          </Link>
        </Fact>
      ) : null}
      {incident.region ? (
        <Fact name={t("device.region")}>
          <Link to="/regions/$id" params={{ id: incident.region.id }} className={LINK}>
            {incident.region.name}
          </Link>
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-2">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
