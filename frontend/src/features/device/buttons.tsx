import { useNavigate } from "@tanstack/react-router";
import { Pause, Pencil, Play, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useChangeDevice, useDeleteDevice } from "@/api/devices";
import { useMay } from "@/api/session";
import type { Device } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { tell } from "@/ui/toast";

const DeviceDialog = lazy(() => import("@/features/devices/device-dialog"));
const Confirm = lazy(() => import("@/ui/confirm"));

export function DeviceButtons({ device }: { device: Device }) {
  const t = useT();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const remove = useDeleteDevice(device.id);
  const save = useChangeDevice(device.id);
  const { enabled } = device;
  const close = () => setOpen(null);
  if (!useMay("manager")) {
    return null;
  }
  const confirmed = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        tell(t("devices.deleted", { count: 1 }));
        void navigate({ to: "/devices" });
      },
      onError: close,
    });
  return (
    <>
      <Button
        look="quiet"
        disabled={save.isPending}
        onClick={() => save.mutate({ enabled: !enabled })}
      >
        {enabled ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
        {t(enabled ? "device.pause" : "device.resume")}
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
            title={t("device.delete", { name: device.name })}
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
