import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { lazy, Suspense, useState } from "react";
import { buttonClass } from "./button";
import { cx } from "./class-names";

const FilterChoices = lazy(() => import("./filter-choices"));

export interface FilterOption {
  value: string;
  label: ReactNode;
  count?: number;
}
export interface FilterProps {
  label: string;
  options: readonly FilterOption[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Several values of one field. A click before the menu has come opens it when it comes. */
export function FilterMenu(props: FilterProps) {
  const [asked, setAsked] = useState(false);
  const waiting = (
    <button type="button" className={filterClass(props.chosen)} onClick={() => setAsked(true)}>
      <FilterLabel {...props} />
    </button>
  );
  return (
    <Suspense fallback={waiting}>
      <FilterChoices {...props} asked={asked} />
    </Suspense>
  );
}

export const filterClass = (chosen: readonly string[]) =>
  buttonClass("plain", cx("px-2.5", chosen.length > 0 && "border-accent text-accent"));

export function FilterLabel({ label, chosen }: Pick<FilterProps, "label" | "chosen">) {
  return (
    <>
      {label}
      {chosen.length ? (
        <span className="rounded-full bg-accent-soft px-1.5 text-xs">{chosen.length}</span>
      ) : null}
      <ChevronDown size={14} aria-hidden />
    </>
  );
}
