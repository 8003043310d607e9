import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import { Problem } from "@/api/client";
import type { Editable } from "@/api/editables";
import type { Stored } from "@/api/editing";
import { useSave, useStored } from "@/api/editing";
import type { FieldError } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Outdated } from "./edit-outdated";
import { FormProblem, faultOf } from "./form-problem";
import { Failed, Loading } from "./states";
import { tell } from "./toast";

export type FaultAt<Body> = (field: keyof Body & string) => FieldError | undefined;

interface EditDialogProps<Row, Body> {
  kind: Editable<Row, Body>;
  /** What is changed; null adds one. */
  id: number | null;
  title: string;
  /** Fields that tell the server's faults themselves. */
  fields: readonly (keyof Body & string)[];
  bodyOf: (form: FormData) => Body;
  children: (row: Row | null, fault: FaultAt<Body>) => ReactNode;
  onClose: () => void;
  onSaved?: (row: Row) => void;
}

/** A form for something new, or for what is stored at the moment it opens. */
export function EditDialog<Row extends { name: string }, Body>(props: EditDialogProps<Row, Body>) {
  const { kind, id, title, onClose } = props;
  const query = useStored(kind, id);
  const again = async () => {
    await query.refetch();
  };
  if (query.data !== undefined) {
    return <Form key={query.dataUpdatedAt} {...props} stored={query.data} onAgain={again} />;
  }
  return (
    <Dialog open onClose={onClose} title={title}>
      {query.isError ? (
        <Failed error={query.error} onRetry={() => void again()} />
      ) : (
        <Loading rows={4} />
      )}
    </Dialog>
  );
}

function Form<Row extends { name: string }, Body>(
  props: EditDialogProps<Row, Body> & { stored: Stored<Row> | null; onAgain: () => Promise<void> },
) {
  const { kind, id, title, fields, bodyOf, stored, onClose, onSaved } = props;
  const t = useT();
  const save = useSave(kind);
  const [begun] = useState(stored);
  const send = (form: HTMLFormElement, etag: string | null) =>
    save.mutate(
      { id, body: bodyOf(new FormData(form)), etag },
      {
        onSuccess: (row) => {
          tell(t("device.saved", { name: row.name }));
          onClose();
          onSaved?.(row);
        },
      },
    );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const overwrite = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value");
    send(event.currentTarget, overwrite === "overwrite" ? null : (begun?.etag ?? null));
  };
  const outdated = save.error instanceof Problem && save.error.status === 412;
  const footer = outdated ? (
    <Outdated busy={save.isPending} onAgain={() => void props.onAgain()} />
  ) : (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button type="submit" form="edit" look="primary" disabled={save.isPending}>
        {t("action.save")}
      </Button>
    </>
  );
  return (
    <Dialog open onClose={onClose} title={title} footer={footer}>
      <form id="edit" onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {save.error ? (
          <div className="sm:col-span-2">
            <FormProblem error={save.error} fields={fields} />
          </div>
        ) : null}
        {props.children(begun?.row ?? null, (field) => faultOf(save.error, field))}
      </form>
    </Dialog>
  );
}
