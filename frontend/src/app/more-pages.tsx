import { Dialog } from "@base-ui/react/dialog";
import { Link } from "@tanstack/react-router";
import { useT } from "@/i18n";
import type { useAllowedPages } from "./sidebar";

/** The pages for which the bottom bar has no room. */
export default function MorePages({
  pages,
  onClose,
}: {
  pages: ReturnType<typeof useAllowedPages>;
  onClose: () => void;
}) {
  const t = useT();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed inset-x-0 bottom-0 z-50 border-t border-line bg-surface p-2 pb-6">
          <Dialog.Title className="px-3 py-2 text-sm font-semibold">{t("nav.more")}</Dialog.Title>
          {pages.map(({ to, key, icon: Icon }) => (
            <Link
              key={to}
              to={to}
              onClick={onClose}
              className="flex h-11 items-center gap-3 rounded-md px-3 hover:bg-hover"
            >
              <Icon size={18} className="text-muted" aria-hidden />
              {t(key)}
            </Link>
          ))}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
