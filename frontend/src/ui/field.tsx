import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import type { FieldError } from "@/api/types";
import { cx } from "./class-names";
import { useFaultText } from "./fault";

export const CONTROL =
  "h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-base text-text placeholder:text-muted aria-invalid:border-down max-md:h-10";

interface Labelled {
  label: string;
  hint?: string | undefined;
  error?: FieldError | undefined;
}

function Frame({
  id,
  label,
  hint,
  error,
  children,
}: Labelled & { id: string; children: ReactNode }) {
  const told = useFaultText();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error || hint ? (
        <p id={`${id}-help`} className={cx("text-xs", error ? "text-down" : "text-muted")}>
          {error ? told(error) : hint}
        </p>
      ) : null}
    </div>
  );
}

function described(id: string, { hint, error }: Labelled) {
  return {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": hint || error ? `${id}-help` : undefined,
  };
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: Labelled & ComponentProps<"input">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        className={cx(CONTROL, className)}
        {...described(id, { label, hint, error })}
        {...rest}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  className,
  ...rest
}: Labelled & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        className={cx(CONTROL, "h-auto max-md:h-auto py-1.5", className)}
        {...described(id, { label, hint, error })}
        {...rest}
      />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  options,
  ...rest
}: Labelled & ComponentProps<"select"> & { options: readonly { value: string; label: string }[] }) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select id={id} className={CONTROL} {...described(id, { label, hint, error })} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function CheckField({ label, ...rest }: { label: string } & ComponentProps<"input">) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <input id={id} type="checkbox" className="size-4 accent-accent-solid" {...rest} />
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </span>
  );
}
