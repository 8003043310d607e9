import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

const BASE =
  "inline-flex h-8 items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap select-none disabled:opacity-50 max-md:h-10";
const LOOK = {
  primary: "border-transparent bg-accent-solid text-on-accent enabled:hover:bg-accent-solid-hover",
  plain: "border-line bg-surface text-text enabled:hover:bg-hover",
  quiet: "border-transparent text-muted enabled:hover:bg-hover enabled:hover:text-text",
  danger: "border-down bg-surface text-down enabled:hover:bg-hover",
} as const;

export type Look = keyof typeof LOOK;
export const buttonClass = (look: Look = "plain", extra = "") =>
  cx(BASE, LOOK[look], /(^| )px-/.test(extra) ? "" : "px-3", extra);
export const iconClass = (look: Look = "quiet", extra = "") =>
  cx(BASE, LOOK[look], "w-8 shrink-0 max-md:w-10", extra);

type ButtonProps = ComponentProps<"button"> & { look?: Look };

export function Button({ look = "plain", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}

/** A button with an icon only; `label` is spoken and shown on hover. */
export function IconButton({
  label,
  look = "quiet",
  className,
  children,
  ...rest
}: ButtonProps & {
  label: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={iconClass(look, className)}
      {...rest}
    >
      {children}
    </button>
  );
}
