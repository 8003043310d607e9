import { useSparkline } from "@/api/sparklines";
import type { Device } from "@/api/types";
import type { Translate } from "@/i18n";
import { SparklineMark } from "@/ui/sparkline";
import type { Column } from "@/ui/table/columns";

/** The last day of a device as a small curve. */
export const trendColumn = (t: Translate): Column<Device> => ({
  id: "trend",
  label: t("device.trend"),
  width: "112px",
  cell: (row) => <Trend id={row.id} />,
});

function Trend({ id }: { id: number }) {
  const { data } = useSparkline(id);
  return data ? <SparklineMark line={data} /> : null;
}
