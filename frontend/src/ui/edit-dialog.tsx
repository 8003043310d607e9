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
  const { kind, id, title, fields, bodyOf, onClose, onSaved } = props;
  const t = useT();
  const query = useStored(kind, id);
  const save = useSave(kind);
  const send = (body: Body, etag: string | null) =>
    save.mutate(
      { id, body, etag },
      {
        onSuccess: (row) => {
          tell(t("device.saved", { name: row.name }));
          onClose();
          onSaved?.(row);
        },
      },
    );
  const again = async () => {
    await query.refetch();
    save.reset();
  };
  const outdated = save.error instanceof Problem && save.error.status === 412;
  const buttons = outdated ? (
    <Outdated busy={save.isPending} onAgain={() => void again()} />
  ) : (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button type="submit" form="edit" look="primary" disabled={save.isPending}>
        {t("action.save")}
      </Button>
    </>
  );
  const ready = id === null || query.data !== undefined;
  return (
    <Dialog open onClose={onClose} title={title} footer={ready ? buttons : null}>
      {ready ? (
        <Form
          key={query.dataUpdatedAt}
          stored={query.data ?? null}
          problem={<FormProblem error={save.error} fields={fields} />}
          onSend={(form, etag) => send(bodyOf(form), etag)}
        >
          {(row) => props.children(row, (field) => faultOf(save.error, field))}
        </Form>
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void again()} />
      ) : (
        <Loading rows={4} />
      )}
    </Dialog>
  );
}

function Form<Row>({
  stored,
  problem,
  onSend,
  children,
}: {
  stored: Stored<Row> | null;
  problem: ReactNode;
  onSend: (form: FormData, etag: string | null) => void;
  children: (row: Row | null) => ReactNode;
}) {
  // What is typed is a change of this state, whatever is read of it later.
  const [begun] = useState(stored);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const how = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value");
    const etag = how === "overwrite" ? null : (begun?.etag ?? null);
    onSend(new FormData(event.currentTarget), etag);
  };
  return (
    <form id="edit" onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
      <div className="empty:hidden sm:col-span-2">{problem}</div>
      {children(begun?.row ?? null)}
    </form>
  );
}
