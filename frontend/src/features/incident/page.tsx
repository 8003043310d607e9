import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Check, CircleHelp } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useAcknowledge, useIncident } from "@/api/incidents";
import { useMay } from "@/api/session";
import type { IncidentDetail } from "@/api/types";
import { useT } from "@/i18n";
import { Button } from "@/ui/button";
import { useIncidentTitle } from "@/ui/incident-title";
import { useKeys } from "@/ui/keys";
import { PageHeader } from "@/ui/page";
import { QueryView } from "@/ui/query-view";
import { IncidentStateMark, SeverityMark } from "@/ui/severity";
import { Cause } from "./cause";
import { CommentForm } from "./comment-form";
import { IncidentFacts } from "./facts";
import { Subjects } from "./subjects";
import { Timeline } from "./timeline";

const EvidenceDialog = lazy(() => import("./evidence-dialog"));
const route = getRouteApi("/app/incidents/$id");

export function IncidentPage() {
  const { id } = route.useParams();
  const query = useIncident(id);
  return (
    <QueryView page query={query} rows={12}>
      {(incident) => <IncidentView incident={incident} />}
    </QueryView>
  );
}

function IncidentView({ incident }: { incident: IncidentDetail }) {
  const t = useT();
  const title = useIncidentTitle()(incident);
  const navigate = useNavigate();
  const operator = useMay("operator");
  const acknowledge = useAcknowledge();
  const comment = useRef<HTMLTextAreaElement>(null);
  const open = operator && incident.state === "open";
  const take = () => acknowledge.mutate([incident.id]);
  const back = () => void navigate({ to: "/incidents" });
  const [asked, setAsked] = useState(false);
  const ask = () => setAsked(true);
  useKeys({
    e: ask,
    a: open ? take : undefined,
    c: operator ? () => comment.current?.focus() : undefined,
    Escape: back,
  });
  const meta = (
    <>
      <SeverityMark severity={incident.severity} />
      <IncidentStateMark state={incident.state} />
    </>
  );
  const actions = (
    <>
      <Button onClick={ask}>
        <CircleHelp size={14} aria-hidden /> {t("action.why")}
      </Button>
      {open ? (
        <Button look="primary" disabled={acknowledge.isPending} onClick={take}>
          <Check size={14} aria-hidden /> {t("action.acknowledge")}
        </Button>
      ) : null}
    </>
  );
  return (
    <>
      <PageHeader title={title} meta={meta} actions={actions} />
      <div className="flex flex-col gap-3 px-4 pb-6 max-md:px-3">
        <Cause incident={incident} />
        <IncidentFacts incident={incident} />
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <Timeline entries={incident.timeline} opened={incident.opened_at}>
            {operator ? <CommentForm id={incident.id} box={comment} /> : null}
          </Timeline>
          <Subjects subjects={incident.subjects} />
        </div>
      </div>
      <Suspense>
        {asked ? (
          <EvidenceDialog incident={incident} title={title} onClose={() => setAsked(false)} />
        ) : null}
      </Suspense>
    </>
  );
}
