import { useT } from "@/i18n";
import { Dialog } from "@/ui/dialog";

const KEYS = [
  ["Ctrl K", "keys.palette"],
  ["/", "keys.filter"],
  ["j / k", "keys.move"],
  ["Enter", "keys.open"],
  ["x", "keys.select"],
  ["a", "keys.acknowledge"],
  ["c", "keys.comment"],
  ["e", "keys.why"],
  ["?", "keys.help"],
] as const;

export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open onClose={onClose} title={t("keys.title")}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {KEYS.map(([keys, text]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-sm border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">
                {keys}
              </kbd>
            </dt>
            <dd className="text-muted">{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
