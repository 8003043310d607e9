import { ListChecks, Pause, Pencil, Play, Trash2, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useMay } from "@/api/session";
import type { DeviceFilter } from "@/api/types";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/button";
import type { BulkAction } from "./bulk-dialog";
import type { Selection } from "./selection";

const BulkDialog = lazy(() => import("./bulk-dialog"));

const ACTIONS = [
  { action: "pause", icon: Pause, label: "device.pause" },
  { action: "resume", icon: Play, label: "device.resume" },
  { action: "change", icon: Pencil, label: "action.edit" },
  { action: "delete", icon: Trash2, label: "action.delete" },
] as const;

/** What can be done with the chosen rows, or with all that match. */
export function SelectionBar({
  selection,
  filter,
  total,
}: {
  selection: Selection;
  filter: DeviceFilter;
  total: number;
}) {
  const t = useT();
  const manager = useMay("manager");
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const { all, count, clear, takeAll } = selection;
  if (count === 0) {
    return null;
  }
  const done = (action: BulkAction) => {
    setAsked(null);
    if (all || action === "delete") {
      clear();
    }
  };
  return (
    <section
      aria-label={t("list.actions")}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-2 text-sm max-md:px-3"
    >
      <span aria-live="polite" className="mr-1">
        {t("list.selected", { count })}
      </span>
      {manager
        ? ACTIONS.map(({ action, icon: Icon, label }) => (
            <Button
              key={action}
              look={action === "delete" ? "danger" : "plain"}
              title={t(label)}
              onClick={() => setAsked(action)}
            >
              <Icon size={14} aria-hidden /> <span className="max-md:sr-only">{t(label)}</span>
            </Button>
          ))
        : null}
      {all || count >= total ? null : (
        <Button look="quiet" className="px-2" onClick={takeAll}>
          <ListChecks size={14} aria-hidden /> {t("list.take_all", { count: total })}
        </Button>
      )}
      <IconButton label={t("list.unselect")} onClick={clear} className="ml-auto">
        <X size={16} aria-hidden />
      </IconButton>
      {asked ? (
        <Suspense>
          <BulkDialog
            action={asked}
            chosen={selection.chosen(filter)}
            count={count}
            onDone={() => done(asked)}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      ) : null}
    </section>
  );
}
