"use client";

import Link from "next/link";
import { useState } from "react";
import { ConfidenceCard } from "#components/playground/confidence-card.tsx";
import { FinishNotice } from "#components/playground/finish-notice.tsx";
import { RunStatus } from "#components/playground/run-status.tsx";
import { useRun } from "#components/playground/use-run.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { DeploymentView } from "#lib/deploy/deployment-view.ts";
import { scoreRun } from "#lib/score/score-run.ts";

const FIRST_PROMPT = "The city of Paris is";
const MOST_TOKENS = 64;

/** The first question to what was deployed: does it answer, how sure is it, and why did it end? */
export function SmokePrompt({
  deployment,
}: {
  deployment: Pick<DeploymentView["deployment"], "kind" | "name" | "endpointName">;
}) {
  const [prompt, setPrompt] = useState(FIRST_PROMPT);
  const { run, start, stop } = useRun();
  const isRunning = run.status === "connecting" || run.status === "streaming";
  const score = scoreRun(run.tokens);
  const page = `/playground?endpoint=${encodeURIComponent(deployment.endpointName)}` as const;

  function ask() {
    start({
      endpointName: deployment.endpointName,
      ...(deployment.kind === "component" ? { inferenceComponentName: deployment.name } : {}),
      prompt,
      parameters: { maxNewTokens: MOST_TOKENS, details: true },
    });
  }

  return (
    <Panel
      title="Smoke prompt"
      aside={
        <Link
          href={run.runId ? `${page}&run=${encodeURIComponent(run.runId)}` : page}
          className={buttonClass(run.status === "finished" ? "primary" : "secondary", "small")}
        >
          Open in the playground
        </Link>
      }
      bodyClassName="space-y-4 p-4"
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label="Prompt"
          className="min-w-60 flex-1"
          hint={`At most ${MOST_TOKENS} tokens are asked for.`}
        >
          {(ids) => (
            <TextArea {...ids} rows={1} value={prompt} onChange={(event) => setPrompt(event.target.value)} />
          )}
        </Field>
        {isRunning ? (
          <Button className="mb-5" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button look="primary" className="mb-5" disabled={prompt.trim() === ""} onClick={ask}>
            {run.status === "idle" ? "Ask it" : "Ask again"}
          </Button>
        )}
      </div>
      <RunStatus run={run} score={run.status === "idle" ? null : score} />
      {run.failure ? <FailureNotice failure={run.failure} /> : null}
      {run.status === "idle" ? null : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
          <blockquote className="min-h-24 rounded-xl border border-line bg-raised p-4 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            <span className="text-muted">{prompt}</span>
            {run.generatedText}
          </blockquote>
          <ConfidenceCard score={score} streaming={isRunning} />
          {run.finishReason ? <FinishNotice reason={run.finishReason} limit={null} /> : null}
        </div>
      )}
    </Panel>
  );
}
