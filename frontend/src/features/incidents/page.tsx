import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { incidentPage, useAcknowledge } from "@/api/incidents";
import { useWaitingChanges } from "@/api/live-hooks";
import { useMay } from "@/api/session";
import type { Incident } from "@/api/types";
import { useT } from "@/i18n";
import { ListPage } from "@/ui/list-page";
import { Empty } from "@/ui/states";
import { PagedTable } from "@/ui/table/paged-table";
import { usePagedRows } from "@/ui/table/rows";
import { tell } from "@/ui/toast";
import { WaitingBar } from "@/ui/waiting-bar";
import { AcknowledgeBar } from "./acknowledge-bar";
import { CompactIncident, incidentColumns } from "./columns";
import { IncidentFilters } from "./filters";
import type { IncidentSearch } from "./search";
import { incidentQuery } from "./search";

const route = getRouteApi("/app/incidents");

export function IncidentsPage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/incidents" });
  const rows = usePagedRows((page) => incidentPage(incidentQuery(search), page));
  const waiting = useWaitingChanges("incidents");
  const operator = useMay("operator");
  const acknowledge = useAcknowledge();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const change = (next: Partial<IncidentSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const toggle = (row: Incident) => {
    const next = new Set(chosen);
    if (!next.delete(row.id)) {
      next.add(row.id);
    }
    setChosen(next);
  };
  const acknowledged = (ids: readonly number[]) =>
    acknowledge.mutate(ids, {
      onSuccess: (done) => {
        tell(t("incidents.acknowledged", { count: done.acknowledged }));
        setChosen(new Set());
      },
    });
  const open = (row: Incident, comment = false) =>
    void navigate({
      to: "/incidents/$id",
      params: { id: row.id },
      hash: comment ? "comment" : "",
    });
  const keys = {
    c: (row: Incident) => open(row, true),
    ...(operator ? { a: (row: Incident) => acknowledged([row.id]) } : {}),
  };

  return (
    <ListPage
      title={t("nav.incidents")}
      rows={rows}
      filters={<IncidentFilters search={search} onChange={change} />}
      below={
        <AcknowledgeBar
          count={chosen.size}
          busy={acknowledge.isPending}
          onAcknowledge={() => acknowledged([...chosen])}
          onClear={() => setChosen(new Set())}
        />
      }
    >
      <div className="h-full" {...waiting.pointer}>
        <WaitingBar count={waiting.count} onShow={() => void waiting.show()} />
        <PagedTable
          rows={rows}
          empty={<Empty title={t("incidents.none")} text={t("incidents.none.text")} />}
          label={t("nav.incidents")}
          columns={incidentColumns(t)}
          compact={(row) => <CompactIncident row={row} />}
          sort={search.sort}
          onSort={(sort) => change({ sort })}
          onOpen={open}
          keys={keys}
          {...(operator
            ? { isSelected: (row: Incident) => chosen.has(row.id), onSelect: toggle }
            : {})}
        />
      </div>
    </ListPage>
  );
}
