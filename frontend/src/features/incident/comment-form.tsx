import { useLocation } from "@tanstack/react-router";
import type { FormEvent, KeyboardEvent, RefObject } from "react";
import { useEffect } from "react";
import { useComment } from "@/api/incidents";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { CONTROL } from "@/ui/field";
import { FormProblem } from "@/ui/form-problem";

export function CommentForm({
  id,
  box,
}: {
  id: number;
  box: RefObject<HTMLTextAreaElement | null>;
}) {
  const t = useT();
  const comment = useComment(id);
  const asked = useLocation({ select: (location) => location.hash === "comment" });
  useEffect(() => {
    if (asked) {
      box.current?.focus();
    }
  }, [asked, box]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text")).trim();
    if (text) {
      comment.mutate(text, { onSuccess: () => form.reset() });
    }
  };
  const sendByKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.currentTarget.form?.requestSubmit();
    } else if (event.key === "Escape") {
      event.currentTarget.blur();
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line p-3">
      <FormProblem error={comment.error} />
      <textarea
        ref={box}
        name="text"
        rows={2}
        required
        maxLength={4000}
        aria-label={t("incident.comment")}
        placeholder={t("incident.comment.hint")}
        onKeyDown={sendByKey}
        className={`${CONTROL} h-auto py-1.5 max-md:h-auto`}
      />
      <Button type="submit" className="self-end" disabled={comment.isPending}>
        {t("action.comment")}
      </Button>
    </form>
  );
}
