import type { BulkReport } from "@/api/types";
import { useT } from "@/i18n";
import { useFaultText } from "@/ui/fault";

const SHOWN = 100;

/** The devices that it cannot be done to, and why. */
export function BulkFaults({ report }: { report: BulkReport }) {
  const t = useT();
  const told = useFaultText();
  const faulty = report.rows.filter((row) => row.action === "error");
  return (
    <section role="alert">
      <p className="mb-2 font-medium">{t("devices.bulk.failed", { count: report.failed })}</p>
      <ul className="max-h-72 divide-y divide-line overflow-auto rounded-md border border-line text-sm">
        {faulty.slice(0, SHOWN).map((row) => (
          <li key={row.row} className="px-2 py-1">
            <span className="font-medium">{row.name || row.id}</span>{" "}
            <span className="text-down">
              {row.errors.map((fault) => told({ ...fault, hint: fault.hint ?? "" })).join(" ")}
            </span>
          </li>
        ))}
      </ul>
      {faulty.length > SHOWN ? (
        <p className="mt-1 text-xs text-muted">
          {t("import.cut", { shown: SHOWN, total: faulty.length })}
        </p>
      ) : null}
    </section>
  );
}
