import type { ReactNode } from "react";
import { Problem } from "@/api/client";
import type { Removable } from "@/api/editables";
import { useRemove } from "@/api/editing";
import { useT } from "@/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { FormProblem } from "./form-problem";
import { tell } from "./toast";

export interface Holder {
  count: number;
  /** A link to the rows, with their number. */
  link: ReactNode;
}

/**
 * Asks once more before something is gone. What hangs on it is named and led to: while there is
 * anything, it cannot be deleted; what the web app does not know of, the server's refusal names.
 */
export default function DeleteDialog({
  kind,
  id,
  name,
  text,
  holders = [],
  onClose,
  onDeleted,
}: {
  kind: Removable;
  id: number;
  name: string;
  text: string;
  holders?: readonly Holder[];
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const t = useT();
  const remove = useRemove(kind);
  const inUse = remove.error instanceof Problem && remove.error.status === 409;
  const held = holders.filter(({ count }) => count > 0);
  const confirmed = () =>
    remove.mutate(id, {
      onSuccess: () => {
        tell(t("delete.done", { name }));
        onClose();
        onDeleted?.();
      },
    });
  const footer = (
    <>
      <Button onClick={onClose}>
        {t(held.length || inUse ? "action.close" : "action.cancel")}
      </Button>
      {held.length || inUse ? null : (
        <Button look="danger" disabled={remove.isPending} onClick={confirmed}>
          {t("action.delete")}
        </Button>
      )}
    </>
  );
  return (
    <Dialog open onClose={onClose} title={t("device.delete", { name })} footer={footer}>
      <div className="flex flex-col gap-3">
        {remove.error ? <p className="font-medium">{t("delete.refused")}</p> : null}
        <FormProblem error={remove.error} />
        {held.length ? (
          <>
            <p>{t("delete.held", { name })}</p>
            <ul className="list-disc pl-5">
              {held.map(({ link }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed while the dialog is open
                <li key={index}>{link}</li>
              ))}
            </ul>
            <p className="text-muted">{t("delete.held.hint")}</p>
          </>
        ) : remove.error ? null : (
          <p>{text}</p>
        )}
      </div>
    </Dialog>
  );
}
