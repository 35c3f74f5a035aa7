"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Classification } from "#components/classify/classification.tsx";
import { Comparison } from "#components/compare/comparison.tsx";
import { Age } from "#components/ui/age.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ExperimentView } from "#lib/experiment/experiment-view.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { DeleteExperiment } from "./delete-experiment.tsx";
import { titleOf } from "./experiment-words.ts";
import { ProgressPanel } from "./progress-panel.tsx";
import { experimentQuery, resumeExperiment, stopExperiment } from "./queries.ts";
import { QuestionPanel } from "./question-panel.tsx";
import { SamplesTable } from "./samples-table.tsx";
import { SweepPanels } from "./sweep-panels.tsx";

/** One experiment: how far it is, what came, and what it says. */
export function ExperimentPage({ id }: { id: string }) {
  const { data } = useQuery(experimentQuery(id));
  if (data === undefined) return <Skeleton label="Loading the experiment" rows={8} />;
  if (!data.ok) return <Missing failure={data.failure} />;
  return <Experiment view={data.value} />;
}

function Experiment({ view }: { view: ExperimentView }) {
  const { id, spec, createdAt } = view;
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function change(changing: Promise<Result<ExperimentView>>) {
    setBusy(true);
    const changed = await changing;
    setBusy(false);
    setFailure(changed.ok ? null : changed.failure);
    if (changed.ok) client.setQueryData(experimentQuery(id).queryKey, changed);
  }

  return (
    <>
      <PageHeader
        title={titleOf(spec)}
        above={
          <Link href="/experiments" className="hover:text-ink">
            Experiments
          </Link>
        }
        action={<DeleteExperiment id={id} isRunning={view.status === "running"} />}
      >
        <Link href={`/endpoints/${spec.request.endpointName}`} className="font-medium underline">
          {spec.request.endpointName}
        </Link>
        , started <Age moment={createdAt} />, at most {spec.concurrency} request
        {spec.concurrency === 1 ? "" : "s"} at once
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
          {failure ? <FailureNotice failure={failure} /> : null}
          <ProgressPanel
            view={view}
            busy={busy}
            onStop={() => void change(stopExperiment(id))}
            onResume={(wish) => void change(resumeExperiment(id, wish))}
          />
          <Findings view={view} />
        </div>
        <QuestionPanel spec={spec} />
      </div>
    </>
  );
}

function Findings({ view }: { view: ExperimentView }) {
  const { spec, cells } = view;
  switch (spec.kind) {
    case "samples":
      return <SamplesTable cells={cells} showsTemperature={false} />;
    case "sweep":
      return (
        <>
          <SweepPanels cells={cells} request={spec.request} />
          <SamplesTable cells={cells} showsTemperature />
        </>
      );
    case "compare":
      return <Comparison spec={spec} cells={cells} />;
    case "classify":
      return <Classification view={view} spec={spec} />;
  }
}

function Missing({ failure }: { failure: Failure }) {
  if (failure.code !== "not-found") return <FailureNotice failure={failure} />;
  return (
    <EmptyState
      title={failure.message}
      level="h1"
      action={
        <Link href="/experiments" className={buttonClass("primary")}>
          All experiments
        </Link>
      }
    >
      {failure.hint}
    </EmptyState>
  );
}
