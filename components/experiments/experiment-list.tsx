"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Age } from "#components/ui/age.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ExperimentEntry } from "#lib/experiment/experiment-view.ts";
import { KIND_NAMES, progressWords, STATUS_BADGES } from "./experiment-words.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { experimentsQuery } from "./queries.ts";

/** Every experiment that was kept, newest first. */
export function ExperimentList() {
  const { data, isPending, refetch } = useQuery(experimentsQuery);
  if (isPending) return <Skeleton label="Loading the experiments" rows={5} />;
  if (!data?.ok) {
    const failure = data?.failure ?? {
      code: "unreachable" as const,
      message: "The Sagescope server does not answer.",
      hint: "Check the terminal in which it runs, then try again.",
    };
    return (
      <div className="p-4">
        <FailureNotice failure={failure} action={<Button onClick={() => refetch()}>Try again</Button>} />
      </div>
    );
  }
  if (data.value.length === 0) return <NoExperiments />;
  return (
    <ul aria-label="Experiments">
      {data.value.map((entry) => (
        <ExperimentRow key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function ExperimentRow({ entry }: { entry: ExperimentEntry }) {
  const { id, kind, question, endpointName, createdAt, status, progress } = entry;
  const { tone, label } = STATUS_BADGES[status];
  const title = question.trim().split("\n")[0] || "(empty prompt)";
  return (
    <li className="relative grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 hover:bg-sunken sm:grid-cols-[minmax(0,1fr)_14rem]">
      <div className="min-w-0 space-y-1">
        <Link
          href={`/experiments/${id}`}
          dir="auto"
          className="block truncate text-sm font-medium after:absolute after:inset-0"
        >
          {title}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
          <Badge tone={tone} pulse={status === "running"}>
            {label}
          </Badge>
          <span className="font-medium text-ink">{KIND_NAMES[kind]}</span>
          <span>{endpointName}</span>
          <Age moment={createdAt} />
        </div>
      </div>
      <div className="space-y-1 self-center">
        <ProgressBar progress={progress} />
        <p className="text-xs tabular-nums text-muted">{progressWords(progress)}</p>
      </div>
    </li>
  );
}

function NoExperiments() {
  return (
    <EmptyState
      title="No experiments yet"
      action={
        <>
          <Link href="/experiments/new" className={buttonClass("primary")}>
            Sample a prompt
          </Link>
          <Link href="/experiments/new?kind=sweep" className={buttonClass()}>
            Sweep the temperature
          </Link>
        </>
      }
    >
      Ask one question many times to see how much the answers differ, which of them is the most probable, and
      what the temperature does to them. Every answer is kept as a run of its own.
    </EmptyState>
  );
}
