import type { ReactNode } from "react";
import { formatDuration, formatNats, formatProbability } from "#components/playground/format-score.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Alignment } from "#lib/compare/align-answers.ts";
import { bitsPerCharacter } from "#lib/compare/bits-per-character.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { runTiming } from "#lib/run/timing.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { scoreRun } from "#lib/score/score-run.ts";

type Row = {
  name: string;
  definition: string;
  values: readonly [string, string];
  /** B minus A; null where there is nothing to subtract. */
  difference: string | null;
};

/** Too little to be written: equal numbers differ in their last digits. */
const NOISE = 5e-4;

/** Both answers by their numbers. */
export function TotalsTable({
  runs,
  alignment,
}: {
  runs: readonly [RunState, RunState];
  alignment: Alignment;
}) {
  return (
    <Panel title="Totals" bodyClassName="overflow-x-auto">
      <table aria-label="Totals" className="w-full text-left text-sm">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2 font-medium">
              Number
            </th>
            {["A", "B", "B − A"].map((name) => (
              <th key={name} scope="col" className="px-3 py-2 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(runs, alignment).map(({ name, definition, values, difference }) => (
            <tr key={name} className="border-b border-line last:border-0">
              <th scope="row" className="whitespace-nowrap px-4 py-1.5 font-normal text-muted">
                <span className="inline-flex items-center gap-0.5">
                  {name}
                  <Definition term={name}>
                    <p>{definition}</p>
                  </Definition>
                </span>
              </th>
              <Value>{values[0]}</Value>
              <Value>{values[1]}</Value>
              <Value>{difference ?? ""}</Value>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Value({ children }: { children: ReactNode }) {
  return <td className="px-3 py-1.5 text-right tabular-nums">{children}</td>;
}

function rowsOf(runs: readonly [RunState, RunState], alignment: Alignment): Row[] {
  const [one, other] = [measures(runs[0]), measures(runs[1])];
  const { left, right, sharedLength } = alignment;
  const shared = [bitsPerCharacter(left, sharedLength), bitsPerCharacter(right, sharedLength)] as const;
  const whole = [
    bitsPerCharacter(left, left.text.length),
    bitsPerCharacter(right, right.text.length),
  ] as const;
  const bits = (value: number) => value.toFixed(3);
  return [
    row(
      "Bits per character, shared text",
      "Surprisal of the text that both answers begin with, −log₂ of its probability, for each of its characters (Unicode code points). It does not depend on how the text is cut into tokens, so it compares models with different tokenizers. Lower: the text was more expected.",
      [shared[0]?.bits ?? null, shared[1]?.bits ?? null],
      bits,
    ),
    row(
      "Bits per character, whole answer",
      "The same of each whole answer. The texts differ, so the lower one is the more expected one, not the better model.",
      [whole[0]?.bits ?? null, whole[1]?.bits ?? null],
      bits,
    ),
    row(
      "Confidence",
      "exp(mean log probability): the geometric mean of the probabilities of the answer's own tokens. Not the chance of being right.",
      [one.confidence, other.confidence],
      formatProbability,
    ),
    row(
      "Joint log p (nats)",
      "The sum of the tokens' log probabilities: the logarithm of the probability of exactly this text after this prompt. Longer texts are always less probable.",
      [one.joint, other.joint],
      formatNats,
    ),
    row("Tokens", "Generated tokens.", [one.tokens, other.tokens], String),
    row(
      "Time to first token",
      "From sending the request to its first token. Both requests were under way at the same time, so endpoints on one machine slow each other down.",
      [one.first, other.first],
      formatDuration,
    ),
    row(
      "Tokens per second",
      "Tokens after the first, over the time from the first to the last.",
      [one.rate, other.rate],
      (value) => value.toFixed(1),
    ),
    {
      name: "Ended",
      definition: "Why the answer is over, as far as the container says.",
      values: [one.finish, other.finish],
      difference: null,
    },
  ];
}

function row(
  name: string,
  definition: string,
  [left, right]: readonly [number | null, number | null],
  write: (value: number) => string,
): Row {
  const exact = left === null || right === null ? null : right - left;
  const difference = exact !== null && Math.abs(exact) < NOISE ? 0 : exact;
  return {
    name,
    definition,
    values: [left === null ? "none" : write(left), right === null ? "none" : write(right)],
    difference:
      difference === null
        ? null
        : `${difference > 0 ? "+" : difference < 0 ? "−" : ""}${write(Math.abs(difference))}`,
  };
}

function measures(run: RunState) {
  const { value } = scoreRun(run.tokens);
  const { timeToFirstToken, tokensPerSecond } = runTiming(run);
  return {
    confidence: value?.confidence ?? null,
    joint: value?.jointLogProb ?? null,
    tokens: run.tokenCount,
    first: timeToFirstToken,
    rate: tokensPerSecond,
    finish: finishWords(run),
  };
}

function finishWords({ finishReason, failure, status }: RunState): string {
  if (failure !== null) return "failed";
  if (finishReason !== null) return describeFinish(finishReason).title;
  return status === "stopped" ? "stopped" : "not yet";
}
