import { useT } from "@/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks once more before something is gone. */
export default function Confirm({
  title,
  text,
  action,
  busy,
  onConfirm,
  onClose,
}: {
  title: string;
  text: string;
  action: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button look="danger" disabled={busy} onClick={onConfirm}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={title} footer={footer}>
      <p>{text}</p>
    </Dialog>
  );
}
