"use client";

import { useQuery } from "@tanstack/react-query";
import { connectionQuery } from "#components/shell/queries.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { Estimate } from "#lib/experiment/estimate.ts";
import type { Outlook } from "#lib/experiment/pace.ts";
import { formatDollars, formatRange, formatSpan } from "./format-estimate.ts";

/** What an experiment takes, before it begins. What nobody knows is said to be unknown. */
export function CostGuard({ estimate, outlook }: { estimate: Estimate | null; outlook: Outlook | null }) {
  const hydrated = useHydrated();
  const isLocal = useQuery(connectionQuery).data?.isLocal === true && hydrated;
  return (
    <Panel
      title="What it takes"
      aside={
        <Definition term="this estimate">
          <p>
            Time: rounds of as many requests as go out at once. The lower end takes the fastest of past runs
            of this endpoint (nine tenths were slower) and the shortest answers; the upper end the slowest,
            with every answer as long as it may get. Those runs mostly ran alone: many at once can be slower
            each.
          </p>
          <p>
            Cost: instances × the on-demand list price × that time, before tax and discounts. The endpoint
            costs that anyway.
          </p>
        </Definition>
      }
      bodyClassName="space-y-3 p-4"
    >
      {estimate === null ? (
        <p className="text-sm text-muted">Known as soon as the form is complete.</p>
      ) : (
        <EstimateFacts estimate={estimate} outlook={outlook} />
      )}
      <p className="border-t border-line pt-3 text-xs text-muted">{priceWords(outlook, isLocal)}</p>
    </Panel>
  );
}

/** The estimate in rows, for the page and for the question before a large experiment. */
export function EstimateFacts({ estimate, outlook }: { estimate: Estimate; outlook: Outlook | null }) {
  const { requests, tokensAtMost, seconds, cost } = estimate;
  const runs = outlook?.pace?.runs ?? 0;
  return (
    <Facts
      rows={[
        { name: "Requests", value: <Figure>{requests.toLocaleString("en")}</Figure> },
        {
          name: "New tokens",
          value:
            tokensAtMost === null ? (
              <Unknown>unknown: nothing limits an answer</Unknown>
            ) : (
              <Figure>{`at most ${tokensAtMost.toLocaleString("en")}`}</Figure>
            ),
        },
        {
          name: "Time",
          value:
            seconds === null ? (
              <Unknown>
                {runs === 0
                  ? "unknown: no past run of this endpoint tells"
                  : "unknown: nothing limits an answer"}
              </Unknown>
            ) : (
              <>
                <Figure>{formatRange(seconds, formatSpan)}</Figure>
                <span className="block text-xs text-muted">
                  from {runs} past run{runs === 1 ? "" : "s"}
                </span>
              </>
            ),
        },
        {
          name: "Endpoint in that time",
          value:
            cost === null ? (
              <Unknown>
                {outlook?.pricePerHour === null
                  ? "unknown: its price is not known"
                  : "unknown, as the time is"}
              </Unknown>
            ) : (
              <Figure>{formatRange(cost, formatDollars)}</Figure>
            ),
        },
      ]}
    />
  );
}

function priceWords(outlook: Outlook | null, isLocal: boolean): string {
  const price = outlook?.pricePerHour ?? null;
  const always = "An endpoint costs by the hour, whether it answers or not";
  const hourly = price === null ? `${always}.` : `${always}: $${price.toFixed(2)} an hour by list price.`;
  return isLocal ? `${hourly} On this local connection nothing is charged.` : hourly;
}

function Figure({ children }: { children: string }) {
  return <span className="font-medium tabular-nums">{children}</span>;
}

function Unknown({ children }: { children: string }) {
  return <span className="text-muted">{children}</span>;
}
