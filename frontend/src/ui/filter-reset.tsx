import { useT } from "@/i18n";
import { Button } from "./button";

/** Takes all filters off a list; not there while none is on. Sort and columns stay. */
export function FilterReset<Search extends object>({
  search,
  keep = ["sort"],
  onChange,
}: {
  search: Search;
  keep?: readonly string[];
  onChange: (change: Partial<Search>) => void;
}) {
  const t = useT();
  const set = Object.entries(search).filter(
    ([name, value]) => value !== undefined && !keep.includes(name),
  );
  if (set.length === 0) {
    return null;
  }
  const none = Object.fromEntries(set.map(([name]) => [name, undefined])) as Partial<Search>;
  return (
    <Button look="quiet" onClick={() => onChange(none)}>
      {t("filter.reset")}
    </Button>
  );
}
