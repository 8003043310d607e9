import { Command } from "cmdk";
import type { ReactNode } from "react";

const ITEM =
  "flex cursor-default items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm select-none data-[selected=true]:bg-accent-soft max-md:py-2.5";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

export function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group heading={heading} className={GROUP}>
      {children}
    </Command.Group>
  );
}

export function Item({
  value,
  onSelect,
  children,
  aside,
}: {
  value: string;
  onSelect: () => void;
  children: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={ITEM}>
      {children}
      {aside ? <span className="ml-auto truncate pl-3 text-muted">{aside}</span> : null}
    </Command.Item>
  );
}
