"use client";

import { Button } from "#components/ui/button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { PROBE_TEMPERATURES, PROBE_TOKENS } from "#lib/run/probe.ts";
import type { LogProbMeaning } from "#lib/score/log-prob-meaning.ts";
import type { probeEndpoint } from "./queries.ts";
import { useLogProbMeaning } from "./use-log-prob-meaning.ts";

const MEANINGS: Record<LogProbMeaning, string> = {
  raw: "what the model said, before temperature and top-k",
  "after-temperature": "after temperature: they move with it, so runs at other temperatures do not compare",
  none: "this back end sends none",
  unknown: "before or after temperature, not known for this back end",
};

/** What the log probabilities are on this back end, and how to find out: two short requests, said beforehand. */
export function MeaningLine({ asked }: { asked: InvokeRequest }) {
  const { meaning, isProbed, probe } = useLogProbMeaning(asked);
  return (
    <div className="border-t border-line pt-3 text-xs">
      <p className="text-muted">
        <span className="font-medium text-ink">Log probabilities:</span> {MEANINGS[meaning]}
        {isProbed ? ", as a probe found" : ""}.{" "}
        <Definition term="what the log probabilities are">
          <p>
            Some back ends report what the model said (raw), others what was left after temperature. Raw
            numbers say how the model sees the text; the others say how likely the sampler was to take it.
          </p>
          <p>
            Finding out sends the prompt twice, at temperature {PROBE_TEMPERATURES[0]} and{" "}
            {PROBE_TEMPERATURES[1]}, for at most {PROBE_TOKENS} tokens each, and compares the same tokens at
            the same place.
          </p>
        </Definition>
      </p>
      {meaning === "none" ? null : (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          <Button size="small" onClick={() => probe.mutate()} disabled={probe.isPending}>
            {probe.isPending ? "Asking twice…" : "Find out"}
          </Button>
          <span className="text-muted">
            Costs two requests of this prompt, {PROBE_TOKENS} new tokens each at most.
          </span>
        </div>
      )}
      <p aria-live="polite" className="mt-1 text-muted empty:hidden">
        {probe.data === undefined ? "" : resultWords(probe.data)}
        {probe.isError ? "The connection to Sagescope broke: try again." : ""}
      </p>
    </div>
  );
}

function resultWords(outcome: Awaited<ReturnType<typeof probeEndpoint>>): string {
  if (!outcome.ok) return `${outcome.failure.message} ${outcome.failure.hint ?? ""}`.trim();
  switch (outcome.value) {
    case "raw":
      return "Found: the numbers stay when the temperature changes. They are raw.";
    case "after-temperature":
      return "Found: the numbers move with the temperature.";
    case null:
      return "Nothing to compare: the two answers share no token that is not nearly certain. Try a more open prompt.";
  }
}
