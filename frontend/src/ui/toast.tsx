import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useT } from "@/i18n";
import { iconClass } from "./button";

/** Messages from anywhere, also from where no component is. */
export const toasts = Toast.createToastManager();

export const tell = (title: string, type: "success" | "error" = "success") =>
  toasts.add({ title, type, priority: type === "error" ? "high" : "low" });

function List() {
  const t = useT();
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="flex items-center gap-3 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3 text-sm shadow-pop data-[type=error]:border-down data-[type=error]:text-down"
    >
      <Toast.Title className="min-w-0 flex-1" />
      <Toast.Close aria-label={t("action.close")} className={iconClass("quiet")}>
        <X size={14} aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-32px)] flex-col gap-2 max-md:bottom-20">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
