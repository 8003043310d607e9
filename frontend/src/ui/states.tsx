import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import type { LucideIcon } from "lucide-react";
import { CloudOff, Inbox, Lock, SearchX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Problem } from "@/api/client";
import { useT } from "@/i18n";
import { Button } from "./button";
import { toldBy } from "./form-problem";

export function Notice({
  icon: Icon,
  title,
  text,
  page = false,
  children,
}: {
  icon: LucideIcon;
  title: string;
  /** It stands in the place of a whole page, so its title is the page's. */
  page?: boolean;
  text?: string;
  children?: ReactNode;
}) {
  const Heading = page ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-12 text-center">
      <Icon size={28} strokeWidth={1.5} className="text-muted" aria-hidden />
      <Heading className="text-lg font-semibold">{title}</Heading>
      {text ? <p className="text-muted">{text}</p> : null}
      {children ? <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}

export function Empty({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  return (
    <Notice icon={Inbox} title={title} {...(text ? { text } : {})}>
      {children}
    </Notice>
  );
}

const KNOWN: Record<number, LucideIcon> = { 0: CloudOff, 403: Lock, 404: SearchX };

/** What a page or panel shows instead of what could not be loaded. */
export function Failed({
  error,
  onRetry,
  page = false,
}: {
  error: unknown;
  onRetry?: () => void;
  page?: boolean;
}) {
  const t = useT();
  const { reset } = useQueryErrorResetBoundary();
  const status = error instanceof Problem ? error.status : -1;
  const titles: Record<number, string> = {
    0: t("error.offline.title"),
    403: t("error.forbidden.title"),
    404: t("error.missing.title"),
  };
  const again = () => {
    reset();
    onRetry?.();
  };
  return (
    <div role="alert">
      <Notice
        page={page}
        icon={KNOWN[status] ?? TriangleAlert}
        title={titles[status] ?? t("error.title")}
        text={status === 403 ? t("error.forbidden") : toldBy(error, t)}
      >
        {onRetry && status !== 403 && status !== 404 ? (
          <Button onClick={again}>{t("action.retry")}</Button>
        ) : null}
      </Notice>
    </div>
  );
}

/** Lines in the place of what is on its way. */
export function Loading({ rows = 8 }: { rows?: number }) {
  const t = useT();
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <div key={row} className="h-4 animate-pulse rounded-sm bg-sunken" />
      ))}
    </div>
  );
}
