import { useChoices } from "@/api/places";
import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { FilterMenu } from "@/ui/filter-menu";
import { SearchBox } from "@/ui/search-box";
import { StatusMark } from "@/ui/status-mark";
import type { LinkSearch } from "./search";

interface LinkFiltersProps {
  search: LinkSearch;
  onChange: (change: Partial<LinkSearch>) => void;
}

const NONE: LinkSearch = {
  q: undefined,
  status: undefined,
  provider_id: undefined,
  branch_id: undefined,
  role: undefined,
};
const ROLES = ["primary", "backup"] as const;

export function LinkFilters({ search, onChange }: LinkFiltersProps) {
  const t = useT();
  const providers = useChoices("providers").data ?? [];
  const { sort: _, ...filters } = search;
  const any = Object.values(filters).some((value) => value !== undefined);
  return (
    <search className="flex flex-wrap items-center gap-2 px-4 pb-2 max-md:px-3">
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
      <FilterMenu
        label={t("link.provider")}
        chosen={search.provider_id ? [search.provider_id] : []}
        options={providers.map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(next) => onChange({ provider_id: next.at(-1) })}
      />
      <FilterMenu
        label={t("link.role")}
        chosen={search.role ? [search.role] : []}
        options={ROLES.map((value) => ({ value, label: t(`link.role.${value}`) }))}
        onChange={(next) => onChange({ role: ROLES.find((role) => role === next.at(-1)) })}
      />
      {any ? (
        <Button look="quiet" onClick={() => onChange(NONE)}>
          {t("filter.reset")}
        </Button>
      ) : null}
    </search>
  );
}
