import { useFacets } from "@/api/devices";
import type { DeviceType, Status } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { FilterMenu } from "@/ui/filter-menu";
import { SearchBox } from "@/ui/search-box";
import { StatusMark } from "@/ui/status-mark";
import type { DeviceSearch } from "./search";
import { deviceFilter } from "./search";

type Change = (change: Partial<DeviceSearch>) => void;

export function Filters({ search, onChange }: { search: DeviceSearch; onChange: Change }) {
  const t = useT();
  const chosen = deviceFilter(search);
  const any = Object.values(chosen).some((value) => value !== undefined);
  return (
    <search className="flex flex-wrap items-center gap-2 px-4 pb-2 max-md:px-3">
      <SearchBox
        label={t("devices.search")}
        value={search.q ?? ""}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <FacetMenus search={search} onChange={onChange} />
      {any ? (
        <Button
          look="quiet"
          onClick={() =>
            onChange({
              q: undefined,
              status: undefined,
              type: undefined,
              vendor: undefined,
              region_id: undefined,
              branch_id: undefined,
            })
          }
        >
          {t("filter.reset")}
        </Button>
      ) : null}
    </search>
  );
}

/** Each menu counts what would be there without its own choice. */
function FacetMenus({ search, onChange }: { search: DeviceSearch; onChange: Change }) {
  const t = useT();
  const filter = deviceFilter(search);
  const status = useFacets({ ...filter, status: undefined }).data?.status ?? [];
  const type = useFacets({ ...filter, type: undefined }).data?.type ?? [];
  const vendor = useFacets({ ...filter, vendor: undefined }).data?.vendor ?? [];
  const region = useFacets({ ...filter, region_id: undefined }).data?.region ?? [];
  return (
    <>
      <FilterMenu
        label={t("device.status")}
        chosen={search.status ?? []}
        options={status.map(({ value, count }) => ({
          value,
          count,
          label: <StatusMark status={value as Status} />,
        }))}
        onChange={(next) => onChange({ status: next as Status[] })}
      />
      <FilterMenu
        label={t("device.type")}
        chosen={search.type ?? []}
        options={type.map(({ value, count }) => ({
          value,
          count,
          label: t(`type.${value as DeviceType}`),
        }))}
        onChange={(next) => onChange({ type: next as DeviceType[] })}
      />
      <FilterMenu
        label={t("device.vendor")}
        chosen={search.vendor ?? []}
        options={vendor.map(({ value, count }) => ({ value, count, label: value || "–" }))}
        onChange={(vendor) => onChange({ vendor })}
      />
      <FilterMenu
        label={t("device.region")}
        chosen={search.region_id ? [search.region_id] : []}
        options={region.map(({ id, name, count }) => ({ value: String(id), count, label: name }))}
        onChange={(next) => onChange({ region_id: next.at(-1) })}
      />
    </>
  );
}
