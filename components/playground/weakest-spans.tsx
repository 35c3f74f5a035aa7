"use client";

import { useMemo, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { findSpans, SPAN_KINDS, type SpanKind } from "#lib/score/find-spans.ts";
import { placeTokens } from "#lib/score/place-tokens.ts";
import { type Band, probabilityBand } from "#lib/score/probability-band.ts";
import { type ScoredSpan, scoreSpans, weakestSpans } from "#lib/score/score-spans.ts";
import { formatNats, formatProbability, quoteToken } from "./format-score.ts";
import { useHighlight } from "./use-highlight.ts";

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

/** The stretches of a finished answer that the model was least sure of, marked in the text; a click leads to each. */
export function WeakestSpans({
  tokens,
  version,
  onReveal,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; this says when to look again. */
  version: number;
  onReveal: (index: number) => void;
}) {
  const [chosen, setChosen] = useState<SpanKind | null>(null);
  const [pointed, setPointed] = useState<ScoredSpan | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `version`.
  const offered = useMemo(() => {
    const answer = placeTokens(tokens);
    return SPAN_KINDS.map((kind) => ({
      kind,
      spans: scoreSpans(answer, findSpans(answer.text, kind)),
    })).filter(({ spans }) => spans.some(({ score }) => score !== null));
  }, [tokens, version]);
  // An answer in JSON is checked value by value, others word by word.
  const preferred = offered.find(({ kind }) => kind === "json-value") ?? offered[0];
  const shown = offered.find(({ kind }) => kind === chosen) ?? preferred;
  const weakest = shown === undefined ? [] : weakestSpans(shown.spans, SHOWN);
  useHighlights(weakest);
  useHighlight("pointed-at", pointed === null ? [] : [stretchOf(pointed)]);
  if (shown === undefined) return null;
  return (
    <section aria-label="Weakest spans" className="border-b border-line px-4 pb-3 pt-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <h3 className="font-semibold text-ink">Weakest first</h3>
        <Segmented
          label="Kind of span"
          options={offered.map(({ kind, spans }) => ({
            value: kind,
            label: `${LABELS[kind]} ${spans.length.toLocaleString("en")}`,
          }))}
          value={shown.kind}
          onChange={setChosen}
        />
        <Definition term="weakest spans">
          <p>
            The stretches with the lowest exp(mean log probability) of the tokens that touch them. A token
            counts whole for each stretch it shares a character with.
          </p>
          <p>The smaller number is the probability of the weakest token in it.</p>
          <p>An unexpected word need not be wrong, and an expected one need not be right.</p>
        </Definition>
      </div>
      <ol
        className={classNames(
          "mt-2 grid gap-1 text-sm",
          shown.kind === "sentence"
            ? ""
            : "sm:grid-cols-2 xl:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]",
        )}
        aria-label={`Weakest ${LABELS[shown.kind].toLowerCase()}, weakest first`}
      >
        {weakest.map((span) => (
          <li key={`${span.start}-${span.end}`}>
            <SpanRow span={span} onReveal={onReveal} onPoint={setPointed} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function SpanRow({
  span,
  onReveal,
  onPoint,
}: {
  span: ScoredSpan;
  onReveal: (index: number) => void;
  onPoint: (span: ScoredSpan | null) => void;
}) {
  if (span.score === null) return null;
  const { confidence, meanLogProb, weakest } = span.score;
  const text = span.text.length > EXCERPT ? `${span.text.slice(0, EXCERPT)}…` : span.text;
  return (
    <button
      type="button"
      onClick={() => onReveal(span.firstToken)}
      onPointerEnter={() => onPoint(span)}
      onPointerLeave={() => onPoint(null)}
      className="flex w-full items-baseline gap-2 rounded-lg border border-line px-2.5 py-1 text-left hover:border-line-strong hover:bg-sunken"
      title={`mean log p ${formatNats(meanLogProb)} nats over ${span.countedTokens} tokens; weakest token p ${formatProbability(Math.exp(weakest))}`}
    >
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]" dir="auto">
        {span.path === undefined ? null : <code className="mr-1.5 text-xs text-muted">{span.path}</code>}
        {span.kind === "sentence" ? text : quoteToken(text)}
      </span>
      <span className="tokens whitespace-nowrap !leading-normal" data-heat="on">
        <span className="token px-1 text-xs tabular-nums" data-band={probabilityBand(meanLogProb)}>
          {formatProbability(confidence)}
        </span>
        {span.countedTokens > 1 ? (
          <span className="ml-1.5 text-[0.6875rem] tabular-nums text-muted">
            min {formatProbability(Math.exp(weakest))}
          </span>
        ) : null}
      </span>
    </button>
  );
}

/** Each listed stretch under the band of its own score, in the colours of the legend. */
function useHighlights(spans: readonly ScoredSpan[]): void {
  const inBand = (band: Band) =>
    spans.filter(({ score }) => score !== null && probabilityBand(score.meanLogProb) === band).map(stretchOf);
  useHighlight("weak-0", inBand(0));
  useHighlight("weak-1", inBand(1));
  useHighlight("weak-2", inBand(2));
  useHighlight("weak-3", inBand(3));
  useHighlight("weak-4", inBand(4));
  useHighlight("weak-5", inBand(5));
}

function stretchOf({ firstToken, lastToken }: ScoredSpan) {
  return { first: firstToken, last: lastToken };
}
