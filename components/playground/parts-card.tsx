import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { measureParts, type PartMeasure } from "#lib/score/measure-parts.ts";
import { formatProbability } from "./format-score.ts";
import type { RunStore } from "./run-store.ts";
import { isComing } from "./sample-run.ts";
import { useRunOnBeat } from "./use-run.ts";

/** The requests of an answer, each to be sent again, and what is used of the budget. */
export function PartsCard({
  run: shown,
  store,
  budget,
  onRetry,
}: {
  run: RunState;
  store: RunStore;
  /** What auto-continue may use, null without it. */
  budget: InvokeRequest["autoContinue"] | null;
  /** Sends a request again from its first token on; null where that cannot be. */
  onRetry: ((startToken: number) => void) | null;
}) {
  const run = useRunOnBeat(store, shown);
  if (run.parts.length < 2 && !budget) return null;
  const streaming = isComing(run);
  return (
    <Panel
      title="Requests"
      aside={
        <Definition term="requests">
          <p>
            The answer was cut by its length and asked on. Text that a request repeats from the end of the
            answer before it, twelve characters or more, is taken off; the seam says how much.
          </p>
          <p>Trying again keeps what stands here: both attempts are in the tree of answers.</p>
        </Definition>
      }
      bodyClassName="space-y-3 p-4 text-sm"
    >
      {budget ? (
        <div className="grid grid-cols-2 gap-4">
          <Budget name="Requests" used={run.requests} limit={budget.maxRequests} />
          <Budget name="Tokens" used={run.tokenCount} limit={budget.maxTokens} />
        </div>
      ) : null}
      <ol className="divide-y divide-line" aria-label="Requests of this answer">
        {measureParts(run).map((part) => (
          <PartRow
            key={part.index}
            part={part}
            action={
              streaming || onRetry === null ? null : (
                <Button
                  size="small"
                  look="quiet"
                  aria-label={`Try request ${part.index + 1} again`}
                  onClick={() => onRetry(part.startToken)}
                >
                  Try again
                </Button>
              )
            }
          />
        ))}
      </ol>
    </Panel>
  );
}

function PartRow({ part, action }: { part: PartMeasure; action: ReactNode }) {
  const { index, tokens, removed, confidence, finishReason, note } = part;
  return (
    <li className="flex items-start gap-2 py-1.5 text-xs">
      <span className="w-5 shrink-0 font-medium tabular-nums">{index + 1}</span>
      <span className="min-w-0 flex-1 text-muted">
        <span className="text-ink tabular-nums">{tokens} tokens</span>
        {confidence === null ? null : <span>, confidence {formatProbability(confidence)}</span>}
        {finishReason === null ? null : (
          <span>
            , <code className="font-mono">{finishReason}</code>
          </span>
        )}
        {removed > 0 ? <span>, {removed} characters removed</span> : null}
        {note === null ? null : <span className="block">{note}</span>}
      </span>
      {action}
    </li>
  );
}

function Budget({ name, used, limit }: { name: string; used: number; limit: number }) {
  return (
    <div>
      <p className="text-xs text-muted">{name}</p>
      <p className="tabular-nums">
        <span className="font-semibold">{used.toLocaleString("en")}</span> of {limit.toLocaleString("en")}
      </p>
      <div aria-hidden="true" className="mt-1 h-1 rounded-full bg-sunken">
        <div
          className="h-1 rounded-full bg-accent"
          style={{ width: `${Math.min(100, (100 * used) / limit)}%` }}
        />
      </div>
    </div>
  );
}
