import type { FormEvent } from "react";
import { useChangeDevice, useCreateDevice } from "@/api/devices";
import type { Device, DeviceBody, DeviceType } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormProblem } from "@/ui/form-problem";
import { tell } from "@/ui/toast";
import { DeviceFields, FIELDS } from "./device-fields";

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
        <DeviceFields device={device} error={save.error} />
      </form>
    </Dialog>
  );
}
