import { Check, X } from "lucide-react";
import { useT } from "@/i18n";
import { Button, IconButton } from "@/ui/button";

export function AcknowledgeBar({
  count,
  busy,
  onAcknowledge,
  onClear,
}: {
  count: number;
  busy: boolean;
  onAcknowledge: () => void;
  onClear: () => void;
}) {
  const t = useT();
  if (count === 0) {
    return null;
  }
  return (
    <div className="flex items-center gap-3 border-t border-line bg-surface px-4 py-2 text-sm">
      <span aria-live="polite">{t("list.selected", { count })}</span>
      <Button look="primary" disabled={busy} onClick={onAcknowledge}>
        <Check size={14} aria-hidden /> {t("action.acknowledge")}
      </Button>
      <IconButton label={t("list.unselect")} onClick={onClear} className="ml-auto">
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
