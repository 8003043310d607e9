import { useT } from "@/i18n";

/** The heading above the boxes of the rows: one box for them all, where all can be chosen. */
export function SelectAll({
  total,
  all,
  onChange,
}: {
  total: number;
  all: boolean | "some" | undefined;
  onChange: (() => void) | undefined;
}) {
  const t = useT();
  return (
    <div role="columnheader" className="flex items-center pl-3">
      {onChange ? (
        <input
          type="checkbox"
          className="size-4 accent-accent-solid"
          aria-label={t("list.select_all", { count: total })}
          checked={all === true}
          ref={(box) => {
            if (box) {
              box.indeterminate = all === "some";
            }
          }}
          onChange={onChange}
        />
      ) : (
        <span className="sr-only">{t("list.selection")}</span>
      )}
    </div>
  );
}
