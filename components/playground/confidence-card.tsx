import type { ReactNode } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { LeftOutReason, RunScore } from "#lib/score/score-run.ts";
import { formatNats, formatProbability } from "./format-score.ts";

const LEFT_OUT: Record<LeftOutReason, string> = {
  "not-sent": "no log probability on the wire",
  "not-finite": "a value on the wire that is not a number",
  clamped: "vLLM's stand-in for “effectively zero” (−9999)",
  special: "structure, such as the end-of-text token, and no part of the answer",
  repeated: "said again at a seam, where a request began",
  "not-a-token": "a line on the wire without a generated token",
};

/** How sure the model was of its own words. Never a number where there is none. */
export function ConfidenceCard({
  score,
  streaming,
  children,
}: {
  score: RunScore;
  streaming: boolean;
  /** What else is to be known of the numbers. */
  children?: ReactNode;
}) {
  const leftOut = score.leftOut.filter((group) => group.count > 0);
  return (
    <Panel
      title="Confidence"
      aside={
        <Definition term="confidence">
          <p>
            exp(mean log probability): the geometric mean of the probabilities the model gave to the tokens it
            wrote, from 0 to 1.
          </p>
          <p>
            It says how expected these words were to this model. It is not the chance that they are right:
            token probabilities are not calibrated, and a fluent mistake scores high.
          </p>
        </Definition>
      }
      bodyClassName="space-y-4 p-4"
    >
      {score.value === null ? (
        <p className="text-sm text-muted">
          {streaming
            ? "Waiting for the first scored token."
            : "Not available: no token came with a log probability."}
        </p>
      ) : (
        <>
          <div>
            <p className="text-4xl font-semibold tabular-nums tracking-tight">
              {formatProbability(score.value.confidence)}
            </p>
            <Meter value={score.value.confidence} />
            <p className="mt-2 text-xs text-muted">
              How expected the words were to the model, not the chance of being right.
            </p>
          </div>
          <Facts
            rows={[
              {
                name: (
                  <Term term="joint log probability">
                    The sum of the tokens' log probabilities in nats: the logarithm of the probability of
                    exactly this text after this prompt. Longer texts are always less probable.
                  </Term>
                ),
                value: `${formatNats(score.value.jointLogProb)} nats`,
              },
              {
                name: (
                  <Term term="mean log probability">
                    The joint log probability divided by the number of tokens counted, in nats.
                  </Term>
                ),
                value: `${formatNats(score.value.meanLogProb)} nats`,
              },
              {
                name: (
                  <Term term="perplexity">
                    exp(−mean log probability): as unsure as if each token had been drawn from this many
                    equally likely ones. 1 is certain.
                  </Term>
                ),
                value: score.value.perplexity.toFixed(3),
              },
              ...(score.value.bitsPerByte === null
                ? []
                : [
                    {
                      name: (
                        <Term term="bits per byte">
                          The surprisal of the text, −log₂ of its probability, divided by its length in bytes
                          of UTF-8. Unlike perplexity it compares between models with other tokenizers.
                        </Term>
                      ),
                      value: score.value.bitsPerByte.toFixed(3),
                    },
                  ]),
            ]}
          />
        </>
      )}
      <div className="border-t border-line pt-3 text-xs text-muted">
        <p>
          {score.countedTokens} token{score.countedTokens === 1 ? "" : "s"} counted.
        </p>
        {leftOut.map((group) => (
          <p key={group.reason}>
            {group.count} token{group.count === 1 ? "" : "s"} left out: {LEFT_OUT[group.reason]}.
          </p>
        ))}
        {score.raisedAboveZero > 0 ? (
          <p>
            {score.raisedAboveZero} value{score.raisedAboveZero === 1 ? "" : "s"} a little above 0, the noise
            of a difference of sums, counted as 0.
          </p>
        ) : null}
      </div>
      {children}
    </Panel>
  );
}

function Meter({ value }: { value: number }) {
  return (
    <div aria-hidden="true" className="mt-2 h-1.5 rounded-full bg-sunken">
      <div className="h-1.5 rounded-full bg-accent" style={{ width: `${value * 100}%` }} />
    </div>
  );
}

function Term({ term, children }: { term: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {term.charAt(0).toUpperCase() + term.slice(1)}
      <Definition term={term}>
        <p>{children}</p>
      </Definition>
    </span>
  );
}
