import type { ReactNode } from "react";
import { cx } from "./class-names";

export function Panel({
  title,
  aside,
  children,
  className,
  flush = false,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
}) {
  return (
    <section className={cx("min-w-0 rounded-md border border-line bg-surface", className)}>
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 border-b border-line px-3 py-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside}
      </header>
      <div className={flush ? "" : "p-3"}>{children}</div>
    </section>
  );
}
