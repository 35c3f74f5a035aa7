"use client";

import { useState } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Select } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { findSpans, SPAN_KINDS, type SpanKind } from "#lib/score/find-spans.ts";
import { placeTokens } from "#lib/score/place-tokens.ts";
import { probabilityBand } from "#lib/score/probability-band.ts";
import { type ScoredSpan, scoreSpans, weakestSpans } from "#lib/score/score-spans.ts";
import { formatNats, formatProbability, quoteToken } from "./format-score.ts";

const LABELS: Record<SpanKind, string> = {
  word: "Words",
  number: "Numbers",
  name: "Names",
  sentence: "Sentences",
  "json-value": "JSON values",
};

const SHOWN = 5;
/** How much of a sentence a row shows, in characters. */
const EXCERPT = 80;

/** The stretches of a finished answer that the model was least sure of; a click leads to each. */
export function WeakestSpans({
  tokens,
  onReveal,
}: {
  tokens: readonly TokenEvent[];
  onReveal: (index: number) => void;
}) {
  const [chosen, setChosen] = useState<SpanKind | null>(null);
  const answer = placeTokens(tokens);
  const found = SPAN_KINDS.map((kind) => ({ kind, spans: scoreSpans(answer, findSpans(answer.text, kind)) }));
  const offered = found.filter(({ spans }) => spans.some(({ score }) => score !== null));
  // An answer in JSON is checked value by value, others word by word.
  const preferred = offered.find(({ kind }) => kind === "json-value") ?? offered[0];
  const shown = offered.find(({ kind }) => kind === chosen) ?? preferred;
  if (shown === undefined) return null;
  return (
    <Panel
      title="Weakest spans"
      aside={
        <div className="flex items-center gap-1">
          <Select
            aria-label="Kind of span"
            className="h-7 w-auto py-0 text-xs"
            value={shown.kind}
            onChange={(event) => setChosen(SPAN_KINDS.find((kind) => kind === event.target.value) ?? null)}
          >
            {offered.map(({ kind, spans }) => (
              <option key={kind} value={kind}>
                {LABELS[kind]} ({spans.length})
              </option>
            ))}
          </Select>
          <Definition term="weakest spans">
            <p>
              The stretches with the lowest exp(mean log probability) of the tokens that touch them, and their
              weakest token. A token counts whole for each stretch it shares a character with.
            </p>
            <p>An unexpected word need not be wrong, and an expected one need not be right.</p>
          </Definition>
        </div>
      }
      bodyClassName="p-2"
    >
      <ol className="text-sm" aria-label={`Weakest ${LABELS[shown.kind].toLowerCase()}, weakest first`}>
        {weakestSpans(shown.spans, SHOWN).map((span) => (
          <li key={`${span.start}-${span.end}`}>
            <SpanRow span={span} onReveal={onReveal} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function SpanRow({ span, onReveal }: { span: ScoredSpan; onReveal: (index: number) => void }) {
  if (span.score === null) return null;
  const { confidence, meanLogProb, weakest } = span.score;
  const text = span.text.length > EXCERPT ? `${span.text.slice(0, EXCERPT)}…` : span.text;
  return (
    <button
      type="button"
      onClick={() => onReveal(span.firstToken)}
      className="flex w-full items-baseline gap-2 rounded-lg px-2 py-1 text-left hover:bg-sunken"
      title={`mean log p ${formatNats(meanLogProb)} nats; weakest token p ${formatProbability(Math.exp(weakest))}`}
    >
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]" dir="auto">
        {span.path === undefined ? null : <code className="mr-1.5 text-xs text-muted">{span.path}</code>}
        {span.kind === "sentence" ? text : quoteToken(text)}
      </span>
      <span className="tokens !leading-normal" data-heat="on">
        <span className="token px-1 text-xs tabular-nums" data-band={probabilityBand(meanLogProb)}>
          {formatProbability(confidence)}
        </span>
      </span>
    </button>
  );
}
