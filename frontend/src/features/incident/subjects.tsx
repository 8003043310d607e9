import { Link } from "@tanstack/react-router";
import type { DeviceType, Subject } from "@/api/types";
import { DEVICE_TYPES, STATUSES } from "@/api/types";
import { useT } from "@/i18n";
import { Panel } from "@/ui/panel";
import { StatusMark } from "@/ui/status-mark";
import { Ago, Lasting } from "@/ui/time";

/** Who is affected; the worst first. */
export function Subjects({ subjects }: { subjects: Subject[] }) {
  const t = useT();
  const rank = (subject: Subject) => STATUSES.indexOf(subject.status ?? "up");
  const sorted = subjects.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return (
    <Panel title={t("incident.subjects", { count: subjects.length })} flush>
      <ul className="max-h-[70dvh] overflow-y-auto">
        {sorted.map((subject) => (
          <li key={`${subject.kind} ${subject.id}`} className="border-b border-line last:border-0">
            <Row subject={subject} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const known = (type: string | null): type is DeviceType =>
  DEVICE_TYPES.includes(type as DeviceType);

function Row({ subject }: { subject: Subject }) {
  const t = useT();
  const type =
    subject.kind === "link" ? t("nav.link") : known(subject.type) ? t(`type.${subject.type}`) : "";
  return (
    <Link
      to={subject.kind === "device" ? "/devices/$id" : "/links/$id"}
      params={{ id: subject.id }}
      className="grid grid-cols-[128px_minmax(0,1fr)_auto] items-center gap-3 px-3 py-2 text-sm hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-y-0"
    >
      <span className="max-md:col-start-2 max-md:row-start-1 max-md:text-right">
        {subject.status ? <StatusMark status={subject.status} /> : "–"}
      </span>
      <span className="min-w-0 max-md:row-span-2 max-md:row-start-1">
        <span className="block truncate font-medium">{subject.name}</span>
        <span className="block truncate text-xs text-muted">
          {[type, subject.ip].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className="text-right text-muted max-md:col-start-2 max-md:row-start-2">
        {subject.recovered_at ? (
          <>
            {t("incident.recovered")} <Ago time={subject.recovered_at} />
          </>
        ) : (
          <Lasting since={subject.down_at} />
        )}
      </span>
    </Link>
  );
}
