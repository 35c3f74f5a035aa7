"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { outlookQuery } from "#components/endpoints/queries.ts";
import { Button } from "#components/ui/button.tsx";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { hasNumbers, type RunState } from "#lib/run/reduce-run.ts";
import { runTiming } from "#lib/run/timing.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import { ConfidenceCard } from "./confidence-card.tsx";
import { ExchangeCard } from "./exchange-card.tsx";
import { FinishNotice } from "./finish-notice.tsx";
import { MeaningLine } from "./meaning-line.tsx";
import { PromptEndLine } from "./prompt-end-line.tsx";
import { RunStatus } from "./run-status.tsx";
import type { RunStore } from "./run-store.ts";
import { isComing } from "./sample-run.ts";
import { TimingCard } from "./timing-card.tsx";
import { useRunOnBeat } from "./use-run.ts";

/** What the numbers of the run say, beside the answer. */
export function RunCards({
  run: shown,
  store,
  asked,
  cumulative,
  onContinue,
  children,
}: {
  run: RunState;
  store: RunStore;
  /** What the run answers; null where nobody knows, as of a recording. */
  asked: InvokeRequest | null;
  /** Offers to read running sums as such. */
  cumulative: ReactNode;
  onContinue: () => void;
  /** A card that stands behind the reason why the answer is over. */
  children: ReactNode;
}) {
  const run = useRunOnBeat(store, shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the array grows in place; the version says when.
  const score = useMemo(() => scoreRun(run.tokens), [run.tokens, run.version]);
  const outlook = useQuery({ ...outlookQuery(asked?.endpointName ?? ""), enabled: asked !== null }).data;
  const streaming = isComing(run);
  const canContinue = !streaming && run.generatedText !== "";
  const reason =
    run.status === "stopped"
      ? { raw: null, kind: "interrupted" as const, note: "You stopped this answer; what came is kept." }
      : run.finishReason;
  const limit = { "max-requests": "requests", "max-tokens": "tokens" } as const;
  // Empty cards would only push the reason of a failure aside.
  if (!hasNumbers(run)) return <RunStatus run={run} score={null} />;
  return (
    <div className="-mb-5 min-w-0 columns-1 gap-5 *:mb-5 *:break-inside-avoid sm:columns-2 2xl:columns-1">
      <RunStatus run={run} score={score} />
      {reason ? (
        <FinishNotice
          reason={reason}
          limit={
            run.stoppedBy
              ? `Auto-continue stopped at its limit of ${limit[run.stoppedBy]}: ${run.requests} requests, ${run.tokenCount} tokens.`
              : null
          }
          action={
            canContinue ? (
              <Button
                look={reason.kind === "length" || reason.kind === "interrupted" ? "primary" : "secondary"}
                onClick={onContinue}
              >
                Continue
              </Button>
            ) : null
          }
        />
      ) : null}
      {children}
      <ConfidenceCard score={score} streaming={streaming}>
        {streaming || asked === null ? null : <PromptEndLine asked={asked} />}
        {streaming || asked === null ? null : <MeaningLine asked={asked} />}
        {streaming ? null : cumulative}
      </ConfidenceCard>
      <TimingCard
        timing={runTiming(run)}
        tokens={run.tokenCount}
        requests={run.requests}
        pricePerHour={outlook?.pricePerHour ?? null}
      />
      {streaming ? null : <ExchangeCard run={run} />}
    </div>
  );
}
