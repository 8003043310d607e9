import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { PageHeader } from "./page";
import type { PagedRows } from "./table/rows";

interface ListPageProps {
  title: string;
  /** What the rows are, in a sentence. */
  note?: string;
  rows: Pick<PagedRows<unknown>, "loaded" | "total">;
  actions?: ReactNode;
  filters?: ReactNode;
  children: ReactNode;
  /** A bar under the list. */
  below?: ReactNode;
}

/** A page that is one list: how many rows there are, filters, and the rows down to the edge. */
export function ListPage({ title, note, rows, actions, filters, children, below }: ListPageProps) {
  const t = useT();
  const known = rows.loaded || rows.total > 0;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader
        title={title}
        meta={known ? t("list.total", { count: rows.total }) : null}
        actions={actions}
      />
      {note ? <p className="max-w-3xl px-4 pb-2 text-sm text-muted max-md:px-3">{note}</p> : null}
      {filters ? (
        <search className="flex flex-wrap items-center gap-2 px-4 pb-2 max-md:px-3">
          {filters}
        </search>
      ) : null}
      <div className="relative min-h-0 flex-1 border-t border-line">{children}</div>
      {below}
    </div>
  );
}
