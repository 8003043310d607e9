import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useRef } from "react";
import { useT } from "@/i18n";
import { iconClass } from "./button";
import { cx } from "./class-names";

export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}) {
  const t = useT();
  const content = useRef<HTMLDivElement>(null);
  // A form is begun in its first field; under a thumb that would only raise the keyboard.
  const first = (opened: string) =>
    (opened !== "touch" &&
      content.current?.querySelector<HTMLElement>("input, select, textarea")) ||
    true;
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          initialFocus={first}
          className={cx(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] -translate-1/2 flex-col rounded-md border border-line bg-surface shadow-pop",
            wide ? "max-w-3xl" : "max-w-lg",
          )}
        >
          <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            <Base.Close aria-label={t("action.close")} className={iconClass("quiet")}>
              <X size={16} aria-hidden />
            </Base.Close>
          </header>
          <div ref={content} className="min-h-0 overflow-y-auto p-4">
            {children}
          </div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
