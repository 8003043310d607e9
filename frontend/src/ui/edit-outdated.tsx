import { useT } from "@/i18n";
import { Button } from "./button";

/** The ways out when somebody else was faster: take theirs, or write over it. */
export function Outdated({ busy, onAgain }: { busy: boolean; onAgain: () => void }) {
  const t = useT();
  return (
    <>
      <p className="mr-auto max-w-72 text-sm text-muted max-sm:w-full">{t("edit.outdated")}</p>
      <Button onClick={onAgain}>{t("edit.outdated.theirs")}</Button>
      <Button type="submit" form="edit" name="how" value="overwrite" look="danger" disabled={busy}>
        {t("edit.outdated.mine")}
      </Button>
    </>
  );
}
