import Link from "next/link";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { AnswerSide, type SideToken } from "./answer-side.tsx";
import type { Side } from "./side.ts";

const STATES: Record<RunState["status"], { tone: Tone; label: string }> = {
  idle: { tone: "plain", label: "Waiting" },
  connecting: { tone: "busy", label: "Asked" },
  streaming: { tone: "busy", label: "Answering" },
  finished: { tone: "good", label: "Finished" },
  failed: { tone: "bad", label: "Failed" },
  stopped: { tone: "warn", label: "Stopped" },
};

/** One of the two answers, with who gave it and in what it was asked differently. */
export function AnswerPane({
  side,
  endpointName,
  settings,
  run,
  cell,
  tokens,
  parting,
  showsDelta,
}: {
  side: Side;
  endpointName: string;
  settings: readonly string[];
  run: RunState;
  cell: Cell | undefined;
  tokens: readonly SideToken[];
  parting: number | null;
  showsDelta: boolean;
}) {
  const { tone, label } = STATES[run.status];
  return (
    <section aria-label={`Answer ${side}`} className="min-w-0 rounded-xl border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-2 text-sm">
        <span className="grid size-6 place-items-center rounded-md bg-sunken text-xs font-semibold">
          {side}
        </span>
        <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">
          <Link href={`/endpoints/${endpointName}`} className="hover:underline">
            {endpointName}
          </Link>
        </h2>
        <span className="ml-auto flex items-center gap-2">
          {cell?.runId ? (
            <Link
              href={`/playground?${new URLSearchParams({ endpoint: endpointName, run: cell.runId })}`}
              className="text-xs font-medium text-muted underline hover:text-ink"
            >
              Open {side} in the playground
            </Link>
          ) : null}
          <Badge tone={tone} pulse={run.status === "streaming" || run.status === "connecting"}>
            {label}
          </Badge>
        </span>
        {settings.length > 0 ? <p className="w-full text-xs text-muted">{settings.join(", ")}</p> : null}
      </header>
      {run.failure ? (
        <div className="p-3 pb-0">
          <FailureNotice failure={run.failure} />
        </div>
      ) : null}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={`Text of answer ${side}`}
        dir="auto"
        className="tokens max-h-96 min-h-32 overflow-y-auto px-4 py-3"
      >
        {tokens.length === 0 ? (
          <p className="text-sm !text-muted">
            {cell?.state === "waiting" ? "Not asked yet." : "No text yet."}
          </p>
        ) : (
          <AnswerSide side={side} tokens={tokens} parting={parting} showsDelta={showsDelta} />
        )}
      </section>
    </section>
  );
}
