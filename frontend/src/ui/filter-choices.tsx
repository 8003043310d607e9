import { Menu as Base } from "@base-ui/react/menu";
import { useFormat } from "@/format";
import { useT } from "@/i18n";
import { cx } from "./class-names";
import type { FilterProps } from "./filter-menu";
import { FilterLabel, filterClass } from "./filter-menu";
import { MenuCheck, POPUP } from "./menu";

/** Several values of one field; the button says how many are chosen. */
export default function FilterChoices({
  label,
  options,
  chosen,
  onChange,
  asked,
}: FilterProps & { asked: boolean }) {
  const t = useT();
  const format = useFormat();
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value));
  return (
    <Base.Root modal={false} defaultOpen={asked}>
      <Base.Trigger className={filterClass(chosen)}>
        <FilterLabel label={label} chosen={chosen} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50">
          <Base.Popup className={cx(POPUP, "max-h-96 max-w-80 min-w-52 overflow-y-auto")}>
            {options.length === 0 ? (
              <p className="px-3 py-1.5 text-muted">{t("filter.nothing")}</p>
            ) : null}
            {options.map((option) => (
              <MenuCheck
                key={option.value}
                checked={chosen.includes(option.value)}
                onChange={(on) => toggle(option.value, on)}
              >
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.count === undefined ? null : (
                  <span className="pl-3 text-muted">{format.number(option.count)}</span>
                )}
              </MenuCheck>
            ))}
            {chosen.length ? (
              <Base.Item
                className="mt-1 border-t border-line px-3 pt-2 pb-1 outline-none data-[highlighted]:text-accent"
                onClick={() => onChange([])}
              >
                {t("filter.clear")}
              </Base.Item>
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
