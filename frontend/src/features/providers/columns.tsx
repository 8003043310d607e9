import { Link } from "@tanstack/react-router";
import type { Counts, Provider } from "@/api/types";
import { useFormat } from "@/format";
import type { Translate } from "@/i18n";
import { useT } from "@/i18n";
import { ShareBar, Troubles } from "@/ui/roll-up";
import type { Column } from "@/ui/table/columns";

type CountsById = ReadonlyMap<number, Counts>;

export function providerColumns(t: Translate, counts: CountsById): Column<Provider>[] {
  return [
    {
      id: "name",
      label: t("link.provider"),
      width: "minmax(160px, 2fr)",
      sort: "name",
      cell: (row) => <Name row={row} />,
    },
    {
      id: "state",
      label: t("provider.links_state"),
      width: "minmax(160px, 1fr)",
      cell: (row) => <Troubles counts={counts.get(row.id) ?? {}} />,
    },
    {
      id: "share",
      label: t("branch.share"),
      width: "minmax(144px, 1fr)",
      cell: (row) => <ShareBar counts={counts.get(row.id) ?? {}} />,
    },
    {
      id: "phone",
      label: t("provider.phone"),
      width: "minmax(128px, 1fr)",
      cell: (row) => row.phone || "–",
    },
    {
      id: "contact",
      label: t("branch.contact"),
      width: "minmax(128px, 1fr)",
      cell: (row) => row.contact || "–",
    },
    {
      id: "links",
      label: t("nav.links"),
      width: "96px",
      sort: "link_count",
      right: true,
      cell: (row) => <Links row={row} />,
    },
  ];
}

function Name({ row }: { row: Provider }) {
  return (
    <Link to="/providers/$id" params={{ id: row.id }} className="font-medium hover:underline">
      {row.name}
    </Link>
  );
}

function Links({ row }: { row: Provider }) {
  const format = useFormat();
  return (
    <Link to="/links" search={{ provider_id: String(row.id) }} className="hover:underline">
      {format.number(row.link_count)}
    </Link>
  );
}

export function CompactProvider({ row, counts }: { row: Provider; counts: Counts | undefined }) {
  const t = useT();
  return (
    <span className="flex flex-col">
      <span className="flex justify-between gap-2">
        <Name row={row} />
        <Troubles counts={counts ?? {}} />
      </span>
      <span className="truncate text-xs text-muted">
        {[t("overview.links", { count: row.link_count }), row.phone].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}
