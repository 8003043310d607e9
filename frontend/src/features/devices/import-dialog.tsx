import { useState } from "react";
import { useImportDevices } from "@/api/devices";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextArea } from "@/ui/field";
import { FormProblem } from "@/ui/form-problem";
import { tell } from "@/ui/toast";
import { ImportReportView } from "./import-report";

const SAMPLE = "name,ip,type,branch\nrt-batumi-3,10.12.3.1,router,Batumi 3";
const formatOf = (text: string) => (/^\s*[[{]/.test(text) ? "json" : "csv");

/** Paste or choose a file; first only look at what would happen, then do it. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [text, setText] = useState("");
  const order = useImportDevices();
  const report = order.data;
  const checked = report?.dry_run === true && order.variables?.text === text;
  const run = (dryRun: boolean) =>
    order.mutate(
      { text, format: formatOf(text), dryRun },
      {
        onSuccess: (done) => {
          if (done.applied) {
            tell(t("import.applied", { created: done.created, updated: done.updated }));
            onClose();
          }
        },
      },
    );
  const ready = checked && report.failed === 0 && report.created + report.updated > 0;
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button
        look={ready ? "plain" : "primary"}
        disabled={!text.trim() || order.isPending}
        onClick={() => run(true)}
      >
        {t("import.check")}
      </Button>
      {ready ? (
        <Button look="primary" disabled={order.isPending} onClick={() => run(false)}>
          {t("import.apply", { count: report.created + report.updated })}
        </Button>
      ) : null}
    </>
  );
  return (
    <Dialog open onClose={onClose} title={t("import.title")} footer={footer} wide>
      <div className="flex flex-col gap-4">
        <p className="text-muted">{t("import.text")}</p>
        <input
          type="file"
          accept=".csv,.json,text/csv,application/json"
          aria-label={t("import.file")}
          className="text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line file:bg-surface file:px-3 file:font-medium file:text-text hover:file:bg-hover"
          onChange={async (event) => setText((await event.target.files?.[0]?.text()) ?? text)}
        />
        <TextArea
          label={t("import.paste")}
          rows={8}
          spellCheck={false}
          className="font-mono text-xs"
          placeholder={SAMPLE}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <FormProblem error={order.error} />
        {report && order.variables?.text === text ? <ImportReportView report={report} /> : null}
      </div>
    </Dialog>
  );
}
