import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RunTiming } from "#lib/run/timing.ts";
import { formatDuration } from "./format-score.ts";

export function TimingCard({
  timing,
  tokens,
  requests,
}: {
  timing: RunTiming;
  tokens: number;
  requests: number;
}) {
  const figures = [
    {
      name: "Time to first token",
      value: timing.timeToFirstToken === null ? "–" : formatDuration(timing.timeToFirstToken),
      definition:
        "From the moment this server sent the request to the moment the first token line arrived at it, queueing and prompt reading included.",
    },
    {
      name: "Tokens per second",
      value: timing.tokensPerSecond === null ? "–" : timing.tokensPerSecond.toFixed(1),
      definition:
        "Tokens after the first, divided by the time between the first and the last. With continued answers the gaps between requests count.",
    },
    {
      name: "Elapsed",
      value: timing.elapsed === null ? "–" : formatDuration(timing.elapsed),
      definition: "From the first request to the last event of the run, measured at this server.",
    },
    {
      name: "Tokens",
      value: tokens.toLocaleString("en"),
      definition: "Generated tokens as counted on the wire, over all requests of this answer.",
    },
    {
      name: "Requests",
      value: String(requests),
      definition: "How many times the endpoint was asked for this answer, continuations included.",
    },
  ];
  return (
    <Panel title="Timing and counts" bodyClassName="grid grid-cols-2 gap-x-4 gap-y-3 p-4">
      {figures.map((figure) => (
        <div key={figure.name}>
          <p className="flex items-center text-xs text-muted">
            {figure.name}
            <Definition term={figure.name}>
              <p>{figure.definition}</p>
            </Definition>
          </p>
          <p className="text-lg font-semibold tabular-nums">{figure.value}</p>
        </div>
      ))}
    </Panel>
  );
}
