import type { FormEvent } from "react";
import { useChangeDevice, useCreateDevice } from "@/api/devices";
import { useChoices } from "@/api/places";
import type { Device, DeviceBody, DeviceType } from "@/api/types";
import { DEVICE_TYPES } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { CheckField, SelectField, TextArea, TextField } from "@/ui/field";
import { FormProblem, faultOf } from "@/ui/form-problem";
import { tell } from "@/ui/toast";

const FIELDS = [
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

function bodyOf(form: FormData): Omit<DeviceBody, "site_id"> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const id = (name: string) => (text(name) ? Number(text(name)) : null);
  return {
    name: text("name"),
    ip: text("ip"),
    type: text("type") as DeviceType,
    vendor: text("vendor"),
    model: text("model"),
    serial: text("serial"),
    notes: text("notes"),
    enabled: form.get("enabled") === "on",
    tags: text("tags")
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    branch_id: id("branch_id"),
    profile_id: id("profile_id"),
  };
}

/** Adds a device, or changes the one given. */
export default function DeviceDialog({
  device,
  onClose,
}: {
  device: Device | null;
  onClose: () => void;
}) {
  const t = useT();
  const create = useCreateDevice();
  const change = useChangeDevice(device?.id ?? 0);
  const save = device ? change : create;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(bodyOf(new FormData(event.currentTarget)), {
      onSuccess: (saved) => {
        tell(t("device.saved", { name: saved.name }));
        onClose();
      },
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button type="submit" form="device" look="primary" disabled={save.isPending}>
        {t("action.save")}
      </Button>
    </>
  );
  const title = device ? t("device.edit", { name: device.name }) : t("devices.add.title");
  return (
    <Dialog open onClose={onClose} title={title} footer={footer}>
      <form id="device" onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {save.error ? (
          <div className="sm:col-span-2">
            <FormProblem error={save.error} fields={FIELDS} />
          </div>
        ) : null}
        <Fields device={device} error={save.error} />
      </form>
    </Dialog>
  );
}

function Fields({ device, error }: { device: Device | null; error: unknown }) {
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
