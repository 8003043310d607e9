import { useEffect, useRef } from "react";
import type { Severity } from "@/api/types";
import { INCIDENT_KINDS, SEVERITIES } from "@/api/types";
import { useT } from "@/i18n";
import { ChoiceFilter } from "@/ui/choice-filter";
import { cx } from "@/ui/class-names";
import { FilterMenu } from "@/ui/filter-menu";
import { FilterReset } from "@/ui/filter-reset";
import { SearchBox } from "@/ui/search-box";
import { SeverityMark } from "@/ui/severity";
import type { IncidentSearch } from "./search";
import { INBOXES, inboxOf } from "./search";

export function IncidentFilters({
  search,
  onChange,
}: {
  search: IncidentSearch;
  onChange: (change: Partial<IncidentSearch>) => void;
}) {
  const t = useT();
  const inbox = inboxOf(search);
  const choice = useRef<HTMLFieldSetElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into sight when it changes
  useEffect(() => {
    const chosen = choice.current?.querySelector('[aria-pressed="true"]');
    chosen?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [inbox]);
  return (
    <>
      <fieldset
        ref={choice}
        aria-label={t("incident.state")}
        className="flex min-w-0 rounded-md border border-line bg-surface p-0.5 max-md:w-full max-md:overflow-x-auto"
      >
        {INBOXES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === inbox}
            onClick={() => onChange({ state: one === "running" ? undefined : [one] })}
            className={cx(
              "h-7 rounded-sm px-2.5 text-sm whitespace-nowrap max-md:h-9",
              one === inbox
                ? "bg-accent-soft font-medium text-accent"
                : "text-muted hover:bg-hover",
            )}
          >
            {t(`incident.inbox.${one}`)}
          </button>
        ))}
      </fieldset>
      <SearchBox
        label={t("incidents.search")}
        value={search.q ?? ""}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <FilterMenu
        label={t("incident.severity")}
        chosen={search.severity ?? []}
        options={SEVERITIES.map((value) => ({ value, label: <SeverityMark severity={value} /> }))}
        onChange={(next) => onChange({ severity: next.length ? (next as Severity[]) : undefined })}
      />
      <FilterMenu
        label={t("incident.kind")}
        chosen={search.kind ? [search.kind] : []}
        options={INCIDENT_KINDS.map((value) => ({ value, label: t(`incident.kind.${value}`) }))}
        onChange={(next) => onChange({ kind: INCIDENT_KINDS.find((kind) => kind === next.at(-1)) })}
      />
      <ChoiceFilter
        kind="regions"
        label={t("device.region")}
        chosen={search.region_id}
        onChange={(region_id) => onChange({ region_id })}
      />
      <ChoiceFilter
        kind="branches"
        label={t("device.branch")}
        chosen={search.branch_id}
        onChange={(branch_id) => onChange({ branch_id })}
      />
      <FilterReset search={search} keep={["sort", "state"]} onChange={onChange} />
    </>
  );
}
