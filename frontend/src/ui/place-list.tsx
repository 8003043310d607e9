import type { ReactNode } from "react";
import { useT } from "@/i18n";
import { ListPage } from "./list-page";
import { SearchBox } from "./search-box";
import { Empty } from "./states";
import { PagedTable } from "./table/paged-table";
import type { PagedRows } from "./table/rows";
import type { TableProps } from "./table/virtual-table";

export interface PlaceSearch {
  q?: string | undefined;
  sort?: string | undefined;
}

type PlaceListProps<T> = Pick<TableProps<T>, "columns" | "compact" | "onOpen"> & {
  title: string;
  /** What the rows are, in a sentence. */
  note: string;
  filter: string;
  rows: PagedRows<T>;
  search: PlaceSearch;
  onChange: (change: PlaceSearch) => void;
  actions: ReactNode;
  /** What is said while there is none at all. */
  none: { title: string; text: string };
};

/** A list that is filtered by a text only. */
export function PlaceList<T>(props: PlaceListProps<T>) {
  const { title, note, filter, rows, search, onChange, actions, none, ...table } = props;
  const t = useT();
  return (
    <ListPage
      title={title}
      note={note}
      rows={rows}
      actions={actions}
      filters={
        <SearchBox
          label={filter}
          value={search.q ?? ""}
          onChange={(q) => onChange({ q: q || undefined })}
        />
      }
    >
      <PagedTable
        {...table}
        rows={rows}
        label={title}
        empty={
          search.q ? (
            <Empty title={t("list.no_match")} text={t("list.no_match.text")} />
          ) : (
            <Empty {...none} />
          )
        }
        sort={search.sort}
        onSort={(sort) => onChange({ sort })}
      />
    </ListPage>
  );
}
