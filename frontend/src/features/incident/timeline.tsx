import type { LucideIcon } from "lucide-react";
import {
  BellRing,
  Check,
  CircleCheck,
  CircleDot,
  CirclePlus,
  MessageSquare,
  RotateCcw,
  SearchCheck,
  TrendingUp,
  Undo2,
} from "lucide-react";
import type { ReactNode } from "react";
import type { TimelineEntry } from "@/api/types";
import { useFormat } from "@/format";
import { useT, wordOr } from "@/i18n";
import { Panel } from "@/ui/panel";

const ICONS: Record<string, LucideIcon> = {
  first_lost: CircleDot,
  confirmed: SearchCheck,
  opened: BellRing,
  joined: CirclePlus,
  recovered: Undo2,
  escalated: TrendingUp,
  acknowledged: Check,
  commented: MessageSquare,
  resolved: CircleCheck,
  reopened: RotateCcw,
};

/** The story of an incident, from the first lost packet on. */
export function Timeline({
  entries,
  opened,
  children,
}: {
  entries: TimelineEntry[];
  opened: string;
  children: ReactNode;
}) {
  const t = useT();
  const sorted = entries.toSorted((a, b) => a.at.localeCompare(b.at) || a.id - b.id);
  return (
    <Panel title={t("incident.timeline")} flush>
      <ol className="py-2">
        {sorted.map((entry) => (
          <Entry key={entry.id} entry={entry} opened={opened} />
        ))}
      </ol>
      {children}
    </Panel>
  );
}

function Entry({ entry, opened }: { entry: TimelineEntry; opened: string }) {
  const t = useT();
  const format = useFormat();
  const Icon = ICONS[entry.kind] ?? CircleDot;
  const after = (Date.parse(entry.at) - Date.parse(opened)) / 1000;
  const offset = `${after < 0 ? "−" : "+"}${format.duration(Math.abs(after))}`;
  const targets = Array.isArray(entry.data.target_ids) ? entry.data.target_ids.length : 0;
  const told = entry.text && entry.kind !== "commented" ? entry.text : "";
  const name = told || (targets ? t("timeline.targets", { count: targets }) : "");
  return (
    <li className="grid grid-cols-[72px_20px_minmax(0,1fr)] gap-2 px-3 py-1.5 text-sm">
      <time
        dateTime={entry.at}
        title={`${format.dateTime(entry.at)}\n${format.utc(entry.at)}`}
        className="text-right text-muted"
      >
        {format.time(entry.at)}
      </time>
      <Icon size={16} className="mt-0.5 text-muted" aria-hidden />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{wordOr(t, `timeline.${entry.kind}`, entry.kind)}</span>
          {name ? <span> {name}</span> : null}
          {entry.actor ? <span className="text-muted"> · {entry.actor}</span> : null}
          <span className="text-muted"> · {offset}</span>
        </p>
        {entry.kind === "commented" && entry.text ? (
          <p className="mt-1 rounded-md bg-sunken px-2.5 py-1.5 break-words whitespace-pre-wrap">
            {entry.text}
          </p>
        ) : null}
      </div>
    </li>
  );
}
