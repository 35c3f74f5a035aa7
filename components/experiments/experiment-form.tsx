"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { ASK_ABOVE, type Estimate } from "#lib/experiment/estimate.ts";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import type { Outlook } from "#lib/experiment/pace.ts";
import type { Failure } from "#lib/failure.ts";
import { CostGuard, EstimateFacts } from "./cost-guard.tsx";
import { experimentQuery, startExperiment } from "./queries.ts";

/** The form of an experiment: its fields, and beside them what it takes and how it begins. */
export function ExperimentForm({
  label,
  fields,
  beside,
  estimate,
  outlook,
  failures,
  read,
}: {
  label: string;
  fields: ReactNode;
  beside: ReactNode;
  estimate: Estimate | null;
  outlook: Outlook | null;
  failures: readonly Failure[];
  /** The experiment, or null where the form says what is wrong with it. */
  read: () => ExperimentSpec | null;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState<ExperimentSpec | null>(null);
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<Failure | null>(null);

  function begin() {
    const spec = read();
    if (spec === null) return;
    if ((estimate?.requests ?? 0) > ASK_ABOVE) setAsking(spec);
    else void send(spec);
  }

  async function send(spec: ExperimentSpec) {
    setAsking(null);
    setStarting(true);
    const started = await startExperiment(spec);
    setStarting(false);
    setRefusal(started.ok ? null : started.failure);
    if (!started.ok) return;
    client.setQueryData(experimentQuery(started.value.id).queryKey, started);
    router.push(`/experiments/${started.value.id}`);
  }

  return (
    <form
      aria-label={label}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">{fields}</div>
      <div className="grid min-w-0 gap-5 lg:sticky lg:top-4">
        {beside}
        <CostGuard estimate={estimate} outlook={outlook} />
        {refusal ? <FailureNotice failure={refusal} /> : null}
        {failures.length > 0 ? (
          <p role="alert" className="text-sm text-danger">
            {failures.map(({ message }) => message).join(" ")}
          </p>
        ) : null}
        <Button look="primary" type="submit" disabled={starting} className="h-11">
          {starting ? "Starting…" : startWords(estimate?.requests)}
        </Button>
      </div>
      <Dialog
        title={`Send ${estimate?.requests.toLocaleString("en") ?? ""} requests?`}
        open={asking !== null}
        onClose={() => setAsking(null)}
      >
        {estimate ? <EstimateFacts estimate={estimate} outlook={outlook} /> : null}
        <p className="text-muted">You can stop it at any time; what came by then is kept.</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setAsking(null)}>Cancel</Button>
          <Button look="primary" onClick={() => asking && void send(asking)}>
            Send them
          </Button>
        </div>
      </Dialog>
    </form>
  );
}

function startWords(requests: number | undefined): string {
  return requests === undefined ? "Start" : `Start: ${requests.toLocaleString("en")} requests`;
}
