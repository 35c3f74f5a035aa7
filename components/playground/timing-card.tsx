import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { costOfMillion, costOfTime } from "#lib/endpoint/cost-of-time.ts";
import type { RunTiming } from "#lib/run/timing.ts";
import { formatCost, formatDuration } from "./format-score.ts";

export function TimingCard({
  timing,
  tokens,
  requests,
  pricePerHour,
}: {
  timing: RunTiming;
  tokens: number;
  requests: number;
  /** US dollars for all instances of the endpoint; null where that is not known. */
  pricePerHour: number | null;
}) {
  const cost = costOfTime(pricePerHour, timing.elapsed);
  const million = costOfMillion(pricePerHour, timing.tokensPerSecond);
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
    {
      name: "List price",
      value: cost === null ? "–" : formatCost(cost),
      definition:
        "What the endpoint lists at for the elapsed time: the on-demand price of all its instances, before tax and discounts. It costs that whether it answers or not, and answers others meanwhile. The local SageMaker charges nothing.",
    },
    {
      name: "Per million tokens",
      value: million === null ? "–" : formatCost(million),
      definition:
        "What a million tokens list at when answers come one after the other at this rate: the price of an hour over the tokens of an hour. With many requests at once a token costs a fraction of that.",
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
