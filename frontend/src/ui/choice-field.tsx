import { useChoices } from "@/api/places";
import type { FieldError, Named } from "@/api/types";
import { SelectField } from "./field";

interface ChoiceFieldProps {
  kind: "branches" | "profiles" | "regions" | "providers" | "sites";
  name: string;
  label: string;
  chosen: Named | number | null | undefined;
  /** What stands there when nothing is chosen; left out, something always is. */
  none?: string;
  hint?: string | undefined;
  /** The hint while there is nothing to choose from. */
  missing?: string;
  error?: FieldError | undefined;
}

/** One of the places of a kind, by its name. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { kind, name, label, chosen, none, hint, missing, error } = props;
  const choices = useChoices(kind).data;
  const value = typeof chosen === "number" ? chosen : chosen?.id;
  const options = (choices ?? []).map((one) => ({ value: String(one.id), label: one.name }));
  return (
    <SelectField
      // The default of a select counts only while it is made, and the names come later.
      key={choices ? "known" : "asked"}
      label={label}
      name={name}
      defaultValue={value}
      options={none === undefined ? options : [{ value: "", label: none }, ...options]}
      hint={choices?.length === 0 && missing ? missing : hint}
      error={error}
    />
  );
}
