import { Trash2, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useDeleteDevices } from "@/api/devices";
import { useMay } from "@/api/session";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import { tell } from "@/ui/toast";

const Confirm = lazy(() => import("@/ui/confirm"));

/** What can be done with the chosen rows. */
export function SelectionBar({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const t = useT();
  const manager = useMay("manager");
  const [asking, setAsking] = useState(false);
  const remove = useDeleteDevices();
  if (ids.length === 0) {
    return null;
  }
  const confirmed = () =>
    remove.mutate(ids.map(Number), {
      onSuccess: () => {
        tell(t("devices.deleted", { count: ids.length }));
        onClear();
      },
      onSettled: () => setAsking(false),
    });
  return (
    <div className="flex items-center gap-3 border-t border-line bg-surface px-4 py-2 text-sm">
      <span aria-live="polite">{t("list.selected", { count: ids.length })}</span>
      {manager ? (
        <Button look="danger" onClick={() => setAsking(true)}>
          <Trash2 size={14} aria-hidden /> {t("action.delete")}
        </Button>
      ) : null}
      <IconButton label={t("list.unselect")} onClick={onClear} className="ml-auto">
        <X size={16} aria-hidden />
      </IconButton>
      {asking ? (
        <Suspense>
          <Confirm
            title={t("devices.delete", { count: ids.length })}
            text={t("devices.delete.text")}
            action={t("action.delete")}
            busy={remove.isPending}
            onConfirm={confirmed}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
