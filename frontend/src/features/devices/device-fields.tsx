import { useChoices } from "@/api/places";
import type { Device } from "@/api/types";
import { DEVICE_TYPES } from "@/api/types";
import { useT } from "@/i18n";
import { CheckField, SelectField, TextArea, TextField } from "@/ui/field";
import { faultOf } from "@/ui/form-problem";

/** Fields that tell the server's faults themselves. */
export const FIELDS = [
  "name",
  "ip",
  "type",
  "vendor",
  "model",
  "serial",
  "tags",
  "notes",
  "branch_id",
  "profile_id",
] as const;

export function DeviceFields({ device, error }: { device: Device | null; error: unknown }) {
  const t = useT();
  const none = { value: "", label: "–" };
  const options = (rows: { id: number; name: string }[] = []) => [
    none,
    ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  const branches = useChoices("branches").data;
  const profiles = useChoices("profiles").data;
  const fault = (field: (typeof FIELDS)[number]) => faultOf(error, field);
  const types = DEVICE_TYPES.map((value) => ({ value, label: t(`type.${value}`) }));
  return (
    <>
      <TextField
        label={t("device.name")}
        name="name"
        defaultValue={device?.name}
        required
        autoFocus
        error={fault("name")}
      />
      <TextField
        label={t("device.ip")}
        name="ip"
        defaultValue={device?.ip}
        required
        error={fault("ip")}
        hint={t("device.ip.hint")}
      />
      <SelectField
        label={t("device.type")}
        name="type"
        defaultValue={device?.type}
        options={types}
        error={fault("type")}
      />
      <SelectField
        key={`branches ${branches?.length}`}
        label={t("device.branch")}
        name="branch_id"
        defaultValue={device?.branch?.id}
        options={options(branches)}
        error={fault("branch_id")}
      />
      <TextField
        label={t("device.vendor")}
        name="vendor"
        defaultValue={device?.vendor}
        error={fault("vendor")}
      />
      <TextField
        label={t("device.model")}
        name="model"
        defaultValue={device?.model}
        error={fault("model")}
      />
      <TextField
        label={t("device.serial")}
        name="serial"
        defaultValue={device?.serial}
        error={fault("serial")}
      />
      <SelectField
        key={`profiles ${profiles?.length}`}
        label={t("device.profile")}
        name="profile_id"
        defaultValue={device?.profile?.id}
        options={options(profiles)}
        error={fault("profile_id")}
      />
      <TextField
        label={t("device.tags")}
        name="tags"
        defaultValue={device?.tags.join(", ")}
        hint={t("device.tags.hint")}
        error={fault("tags")}
      />
      <div className="sm:col-span-2">
        <TextArea
          label={t("device.notes")}
          name="notes"
          rows={3}
          defaultValue={device?.notes}
          error={fault("notes")}
        />
      </div>
      <CheckField
        label={t("device.enabled")}
        name="enabled"
        defaultChecked={device?.enabled ?? true}
      />
    </>
  );
}
