import { Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Suspense, useState } from "react";
import { useMay } from "@/api/session";
import { useT } from "@/i18n";
import { Button, IconButton } from "./button";

type Asked = (onClose: () => void) => ReactNode;

/** Edit and delete for those who may; `compact` in the row of a list. */
export function EditButtons({
  name,
  edit,
  remove,
  compact = false,
}: {
  name: string;
  edit: Asked;
  remove: Asked;
  compact?: boolean;
}) {
  const t = useT();
  const [open, setOpen] = useState<"edit" | "delete" | null>(null);
  const close = () => setOpen(null);
  if (!useMay("manager")) {
    return null;
  }
  return (
    <>
      {compact ? (
        <span className="inline-flex">
          <IconButton label={t("device.edit", { name })} onClick={() => setOpen("edit")}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={t("device.delete", { name })} onClick={() => setOpen("delete")}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      ) : (
        <>
          <Button onClick={() => setOpen("edit")}>
            <Pencil size={14} aria-hidden /> {t("action.edit")}
          </Button>
          <Button look="danger" onClick={() => setOpen("delete")}>
            <Trash2 size={14} aria-hidden /> {t("action.delete")}
          </Button>
        </>
      )}
      <Suspense>
        {open === "edit" ? edit(close) : null}
        {open === "delete" ? remove(close) : null}
      </Suspense>
    </>
  );
}
