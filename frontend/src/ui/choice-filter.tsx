import { useChoices } from "@/api/places";
import { FilterMenu } from "./filter-menu";

/** One of the places of a kind to filter by; the choice of another takes its place. */
export function ChoiceFilter({
  kind,
  label,
  chosen,
  onChange,
}: {
  kind: "regions" | "branches" | "providers";
  label: string;
  chosen: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const choices = useChoices(kind).data ?? [];
  return (
    <FilterMenu
      label={label}
      chosen={chosen ? [chosen] : []}
      options={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(next) => onChange(next.at(-1))}
    />
  );
}
