import { useNavigate } from "@tanstack/react-router";
import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useDeleteDevices, useSaveDevice } from "@/api/devices";
import { useMay } from "@/api/session";
import type { Device } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { tell } from "@/ui/toast";

const DeviceDialog = lazy(() =>
  import("../devices/device-dialog").then((m) => ({ default: m.DeviceDialog })),
);
const Confirm = lazy(() => import("@/ui/confirm").then((m) => ({ default: m.Confirm })));

/** What a manager may do with a device. */
export function DeviceActions({ device }: { device: Device }) {
  const t = useT();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const navigate = useNavigate();
  const remove = useDeleteDevices();
  const save = useSaveDevice(device.id);
  if (!useMay("manager")) {
    return null;
  }
  const close = () => setOpen(null);
  const confirmed = () =>
    remove.mutate([device.id], {
      onSuccess: () => {
        tell(t("devices.deleted", { count: 1 }));
        void navigate({ to: "/devices", search: {} });
      },
    });
  const { enabled, name, ip, type } = device;
  return (
    <>
      <Button
        look="quiet"
        disabled={save.isPending}
        onClick={() => save.mutate({ name, ip, type, enabled: !enabled })}
      >
        {enabled ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
        {enabled ? t("device.pause") : t("device.resume")}
      </Button>
      <Button onClick={() => setOpen("edit")}>
        <Pencil size={14} aria-hidden /> {t("action.edit")}
      </Button>
      <Button look="danger" onClick={() => setOpen("delete")}>
        <Trash2 size={14} aria-hidden /> {t("action.delete")}
      </Button>
      <Suspense>
        {open === "edit" ? <DeviceDialog device={device} onClose={close} /> : null}
        {open === "delete" ? (
          <Confirm
            open
            title={t("device.delete", { name })}
            text={t("devices.delete.text")}
            action={t("action.delete")}
            busy={remove.isPending}
            onConfirm={confirmed}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  );
}
