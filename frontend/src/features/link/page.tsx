import { getRouteApi, Link as To, useNavigate } from "@tanstack/react-router";
import { useLink } from "@/api/places";
import type { Link } from "@/api/types";
import { useT } from "@/i18n";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { EventsPanel } from "../target/events-panel";
import { HistoryPanel } from "../target/history-panel";
import { rangeOf } from "../target/ranges";
import { WatchedState } from "../target/watched-state";
import { LinkButtons } from "./buttons";
import { LinkDetails } from "./details";

const route = getRouteApi("/app/links/$id");

export function LinkPage() {
  const { id } = route.useParams();
  return (
    <QueryView page query={useLink(id)} rows={14}>
      {(link) => <LinkView link={link} />}
    </QueryView>
  );
}

function LinkView({ link }: { link: Link }) {
  const { range } = route.useSearch();
  const navigate = useNavigate({ from: "/links/$id" });
  return (
    <>
      <PageHeader
        title={link.name}
        meta={<Place link={link} />}
        actions={<LinkButtons link={link} />}
      />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <WatchedState kind="links" row={link} />
        <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,5fr)_minmax(320px,2fr)]">
          <div className="flex min-w-0 flex-col gap-3">
            <HistoryPanel
              kind="links"
              id={link.id}
              range={rangeOf(range)}
              onRange={(next) => void navigate({ search: { range: next }, replace: true })}
            />
            <EventsPanel kind="links" id={link.id} />
          </div>
          <LinkDetails link={link} />
        </div>
      </div>
    </>
  );
}

function Place({ link }: { link: Link }) {
  const t = useT();
  return (
    <>
      <span>{t(`link.role.${link.role}`)}</span>
      <To
        to="/branches/$id"
        params={{ id: link.branch.id }}
        className="text-accent hover:underline"
      >
        {link.branch.name}
      </To>
    </>
  );
}
