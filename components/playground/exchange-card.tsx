import type { ReactNode } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { RunState } from "#lib/run/reduce-run.ts";
import type { OtherAnswer } from "#lib/run/run-event.ts";
import { PARAMETERS } from "#lib/wire/parameters.ts";
import { formatNats } from "./format-score.ts";
import { REQUEST_FORMAT_NAMES } from "./request-format-names.ts";

const READ_AS: Record<string, string> = {
  "lmi-line": "LMI schema, a token a line",
  "lmi-document": "LMI schema, one document",
  choices: "OpenAI's choices",
  outputs: "dynamic batching's outputs",
  bedrock: "Bedrock's shape",
  error: "an error",
};

/** How the request was written, what the answer turned out to be, and what was not sent or not shown above. */
export function ExchangeCard({ run }: { run: RunState }) {
  const { answered, dialect, leftOut, otherAnswers } = run;
  if (dialect === null) return null;
  const asked = REQUEST_FORMAT_NAMES.find(([name]) => name === dialect)?.[1] ?? dialect;
  return (
    <Panel title="Formats" bodyClassName="space-y-3 p-4 text-sm">
      <dl className="space-y-1">
        <Row name="Asked in">{asked}</Row>
        <Row name="Answer read as">
          {answered === null ? (
            "nothing yet"
          ) : (
            <>
              {READ_AS[answered.dialect] ?? answered.dialect}
              {answered.isFramed ? ", server-sent events" : ""}
              <Definition term="how an answer is read">
                <p>
                  Each line is read for what it is, whatever its header says: headers are missing or wrong.
                </p>
                <p>
                  Content type: <code>{answered.contentType ?? "none sent"}</code>
                </p>
              </Definition>
            </>
          )}
        </Row>
      </dl>
      {leftOut.length > 0 ? (
        <div className="text-xs">
          <p className="font-medium text-warn">Not sent</p>
          <ul className="mt-1 space-y-1 text-muted">
            {leftOut.map(({ name, reason }) => (
              <li key={name}>
                {PARAMETERS.find((row) => row.name === name)?.label ?? name}: {reason}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {otherAnswers.length > 0 ? <OtherAnswers answers={otherAnswers} /> : null}
    </Panel>
  );
}

function OtherAnswers({ answers }: { answers: readonly OtherAnswer[] }) {
  const ranked = answers.toSorted(
    (left, right) => (right.jointLogProb ?? -Infinity) - (left.jointLogProb ?? -Infinity),
  );
  return (
    <div>
      <p className="flex items-center gap-0.5 font-medium">
        Other answers, likeliest first
        <Definition term="the order of answers">
          <p>
            By joint log probability in nats, the logarithm of the probability of exactly that text. A longer
            text is always less probable than its own beginning.
          </p>
        </Definition>
      </p>
      <ol className="mt-1 space-y-2">
        {ranked.map((answer) => (
          <li key={answer.choice} className="rounded-lg border border-line p-2">
            <p className="max-h-40 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
              {answer.text}
            </p>
            <p className="mt-1 text-xs text-muted">
              {answer.tokens} tokens,{" "}
              {answer.jointLogProb === null
                ? "no log probability on the wire"
                : `${formatNats(answer.jointLogProb)} nats over ${answer.scoredTokens}`}
              , {answer.finishReason ?? "no reason given"}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-3">
      <dt className="text-muted">{name}</dt>
      <dd className="inline-flex items-center gap-0.5">{children}</dd>
    </div>
  );
}
