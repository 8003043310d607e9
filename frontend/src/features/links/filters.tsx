import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import { ChoiceFilter } from "@/ui/choice-filter";
import { FilterMenu } from "@/ui/filter-menu";
import { FilterReset } from "@/ui/filter-reset";
import { SearchBox } from "@/ui/search-box";
import { StatusMark } from "@/ui/status-mark";
import type { LinkSearch } from "./search";

interface LinkFiltersProps {
  search: LinkSearch;
  onChange: (change: Partial<LinkSearch>) => void;
}

const ROLES = ["primary", "backup"] as const;

export function LinkFilters({ search, onChange }: LinkFiltersProps) {
  const t = useT();
  return (
    <>
      <SearchBox
        label={t("links.search")}
        value={search.q ?? ""}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <FilterMenu
        label={t("device.status")}
        chosen={search.status ?? []}
        options={STATUSES.map((value) => ({ value, label: <StatusMark status={value} /> }))}
        onChange={(next) => onChange({ status: next.length ? (next as Status[]) : undefined })}
      />
      <ChoiceFilter
        kind="providers"
        label={t("link.provider")}
        chosen={search.provider_id}
        onChange={(provider_id) => onChange({ provider_id })}
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
      <FilterMenu
        label={t("link.role")}
        chosen={search.role ? [search.role] : []}
        options={ROLES.map((value) => ({ value, label: t(`link.role.${value}`) }))}
        onChange={(next) => onChange({ role: ROLES.find((role) => role === next.at(-1)) })}
      />
      <FilterReset search={search} onChange={onChange} />
    </>
  );
}
