import { useT } from "@/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";

export function Confirm({
  open,
  title,
  text,
  action,
  busy,
  onConfirm,
  onClose,
}: {
  open: boolean;
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
    <Dialog open={open} onClose={onClose} title={title} footer={footer}>
      <p>{text}</p>
    </Dialog>
  );
}
