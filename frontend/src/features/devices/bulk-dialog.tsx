import type { FormEvent } from "react";
import { useId, useState } from "react";
import type { Chosen } from "@/api/bulk";
import { useBulk } from "@/api/bulk";
import type { BulkChanges } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { FormProblem } from "@/ui/form-problem";
import { tell } from "@/ui/toast";
import { BulkFaults } from "./bulk-faults";
import { BulkFields, changesOf, FIELDS } from "./bulk-fields";

export type BulkAction = "pause" | "resume" | "change" | "delete";

const LABEL = {
  pause: "device.pause",
  resume: "device.resume",
  change: "action.save",
  delete: "action.delete",
} as const;

/** Asks once more, or what to change, and tells which devices it cannot be done to. */
export default function BulkDialog({
  action,
  chosen,
  count,
  onDone,
  onClose,
}: {
  action: BulkAction;
  chosen: Chosen;
  count: number;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useT();
  const form = useId();
  const bulk = useBulk();
  // What was asked about, whatever the list tells meanwhile.
  const [asked] = useState({ chosen, count });
  const run = (changes: BulkChanges | undefined, each = false) =>
    bulk.mutate(
      { chosen: asked.chosen, changes, each },
      {
        onSuccess: (report) => {
          if (report.applied) {
            const told = action === "delete" ? "devices.deleted" : "devices.changed";
            tell(t(told, { count: report.deleted + report.updated }));
            onDone();
          }
        },
      },
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    run(action === "change" ? changesOf(new FormData(event.currentTarget)) : CHANGES[action]);
  };
  const report = bulk.data;
  const others = report ? report.total - report.failed : 0;
  const footer = (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      {report ? null : (
        <Button
          type="submit"
          form={form}
          look={action === "delete" ? "danger" : "primary"}
          disabled={bulk.isPending}
        >
          {t(LABEL[action])}
        </Button>
      )}
      {report && others > 0 ? (
        <Button disabled={bulk.isPending} onClick={() => run(bulk.variables?.changes, true)}>
          {t("devices.bulk.others", { count: others })}
        </Button>
      ) : null}
    </>
  );
  const title = t(`devices.bulk.${action}`, { count: asked.count });
  return (
    <Dialog open onClose={onClose} title={title} footer={footer}>
      {report ? (
        <BulkFaults report={report} />
      ) : (
        <form id={form} onSubmit={submit} className="flex flex-col gap-4">
          {action === "change" ? (
            <BulkFields error={bulk.error} />
          ) : (
            <p>{t(action === "delete" ? "devices.delete.text" : `devices.${action}.text`)}</p>
          )}
          <FormProblem error={bulk.error} fields={FIELDS} />
        </form>
      )}
    </Dialog>
  );
}

/** What stands for an action that asks for no values; without changes devices are deleted. */
const CHANGES = { pause: { enabled: false }, resume: { enabled: true }, delete: undefined };
