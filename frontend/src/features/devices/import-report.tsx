import type { ImportReport, ImportRow } from "@/api/types";
import { useT } from "@/i18n";
import { cx } from "@/ui/class-names";

const SHOWN = 200;
const COLOUR = {
  create: "text-up",
  update: "text-maintenance",
  unchanged: "text-muted",
  error: "text-down",
};

/** What an import would do, or did, row by row; faults first. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const t = useT();
  const rows = report.rows.toSorted(
    (a, b) => Number(b.action === "error") - Number(a.action === "error"),
  );
  return (
    <section aria-live="polite">
      <p className="mb-2 font-medium">
        {t("import.summary", {
          created: report.created,
          updated: report.updated,
          unchanged: report.unchanged,
          failed: report.failed,
        })}
      </p>
      {report.failed ? (
        <p className="mb-2 text-sm text-down">{t("import.nothing_written")}</p>
      ) : null}
      <div className="max-h-72 overflow-auto rounded-md border border-line">
        <table className="w-full text-left text-sm">
          <thead className="sticky top-0 bg-sunken text-xs text-muted">
            <tr>
              <th className="px-2 py-1 font-medium">{t("import.row")}</th>
              <th className="px-2 py-1 font-medium">{t("import.action")}</th>
              <th className="px-2 py-1 font-medium">{t("device.name")}</th>
              <th className="px-2 py-1 font-medium">{t("device.ip")}</th>
              <th className="px-2 py-1 font-medium">{t("import.faults")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > SHOWN ? (
        <p className="mt-1 text-xs text-muted">
          {t("import.cut", { shown: SHOWN, total: rows.length })}
        </p>
      ) : null}
    </section>
  );
}

function Row({ row }: { row: ImportRow }) {
  const t = useT();
  return (
    <tr className="border-t border-line align-top">
      <td className="px-2 py-1 text-muted">{row.row}</td>
      <td className={cx("px-2 py-1 font-medium", COLOUR[row.action])}>
        {t(`import.${row.action}`)}
      </td>
      <td className="px-2 py-1">{row.name}</td>
      <td className="px-2 py-1">{row.ip}</td>
      <td className="px-2 py-1 text-down">
        {row.errors.map((fault) => (
          <p key={fault.field + fault.message}>
            {fault.field}: {fault.message} {fault.hint}
          </p>
        ))}
      </td>
    </tr>
  );
}
