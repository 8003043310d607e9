import type { Severity } from "@/api/types";
import { SEVERITIES } from "@/api/types";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";
import { FilterMenu } from "@/ui/filter-menu";
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
  return (
    <search className="flex flex-wrap items-center gap-2 px-4 pb-2 max-md:px-3">
      <fieldset
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
        onChange={(next) => onChange({ severity: next as Severity[] })}
      />
    </search>
  );
}
