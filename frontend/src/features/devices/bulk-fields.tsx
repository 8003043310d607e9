import { useChoices } from "@/api/places";
import type { BulkChanges, Named } from "@/api/types";
import { useT } from "@/i18n";
import { SelectField, TextField } from "@/ui/field";
import { faultOf } from "@/ui/form-problem";

/** Fields that tell the server's faults themselves. */
export const FIELDS = [
  "changes.branch_id",
  "changes.profile_id",
  "changes.add_tags",
  "changes.remove_tags",
] as const;

const KEEP = "keep";

/** Only what was touched: a field left as it is takes no part in the change. */
export function changesOf(form: FormData): BulkChanges {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const tags = (name: string) =>
    text(name)
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
  const changes: BulkChanges = {};
  for (const name of ["branch_id", "profile_id"] as const) {
    if (text(name) !== KEEP) {
      changes[name] = text(name) ? Number(text(name)) : null;
    }
  }
  for (const name of ["add_tags", "remove_tags"] as const) {
    if (tags(name).length) {
      changes[name] = tags(name);
    }
  }
  return changes;
}

export function BulkFields({ error }: { error: unknown }) {
  const t = useT();
  const options = (rows: readonly Named[] = []) => [
    { value: KEEP, label: t("devices.bulk.keep") },
    { value: "", label: "–" },
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  const branches = options(useChoices("branches").data);
  const profiles = options(useChoices("profiles").data);
  const fault = (field: (typeof FIELDS)[number]) => faultOf(error, field);
  return (
    <>
      <SelectField
        label={t("device.branch")}
        name="branch_id"
        options={branches}
        error={fault("changes.branch_id")}
      />
      <SelectField
        label={t("device.profile")}
        name="profile_id"
        options={profiles}
        error={fault("changes.profile_id")}
      />
      <TextField
        label={t("devices.bulk.add_tags")}
        name="add_tags"
        hint={t("device.tags.hint")}
        error={fault("changes.add_tags")}
      />
      <TextField
        label={t("devices.bulk.remove_tags")}
        name="remove_tags"
        hint={t("device.tags.hint")}
        error={fault("changes.remove_tags")}
      />
    </>
  );
}
