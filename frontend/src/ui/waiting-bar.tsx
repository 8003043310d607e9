import { ArrowUp } from "lucide-react";
import { useT } from "@/i18n";

/** Changes that wait so that nothing moves under the pointer. */
export function WaitingBar({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useT();
  return (
    <div
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-10 z-20 flex justify-center"
    >
      {count > 0 ? (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto inline-flex items-center gap-1.5 rounded-full bg-accent-solid px-3 py-1 text-sm font-medium text-on-accent shadow-pop"
        >
          <ArrowUp size={14} aria-hidden />
          {t("list.waiting", { count })}
        </button>
      ) : null}
    </div>
  );
}
