import type { ReactNode } from "react";
import { useEffect } from "react";

/** Heading and actions of a page; the heading is the title of the window too. */
export function PageHeader({
  title,
  meta,
  actions,
}: {
  title: string;
  meta?: ReactNode;
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · WARD OPS`;
  }, [title]);
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 max-md:px-3">
      <h1 className="text-lg font-semibold">{title}</h1>
      {meta ? <div className="flex items-center gap-3 text-sm text-muted">{meta}</div> : null}
      {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
