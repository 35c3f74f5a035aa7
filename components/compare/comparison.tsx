"use client";

import { useMemo } from "react";
import { useLogProbMeaning } from "#components/playground/use-log-prob-meaning.ts";
import { alignAnswers } from "#lib/compare/align-answers.ts";
import { type ComparedSpan, compareSpans, largestDeltas } from "#lib/compare/compare-spans.ts";
import { diffTexts } from "#lib/compare/diff-texts.ts";
import type { CompareSpec } from "#lib/experiment/experiment-spec.ts";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import { AnswerPane } from "./answer-pane.tsx";
import { DeltaLegend } from "./delta-legend.tsx";
import { PartingLine } from "./parting-line.tsx";
import { differences, SIDES, type Side } from "./side.ts";
import { sideTokens } from "./side-tokens.ts";
import { TailDiff } from "./tail-diff.tsx";
import { TotalsTable } from "./totals-table.tsx";
import { TrustNotes } from "./trust-notes.tsx";
import { useCellRun } from "./use-cell-run.ts";
import { WordDeltas } from "./word-deltas.tsx";

const WORDS_SHOWN = 8;

/** Two answers to the same words, as they come: where they part, and how much surer each model was until then. */
export function Comparison({ spec, cells }: { spec: CompareSpec; cells: readonly Cell[] }) {
  const left = useCellRun(cells[0]?.runId ?? null);
  const right = useCellRun(cells[1]?.runId ?? null);
  const isOver =
    cells.every(({ state }) => state !== "waiting" && state !== "running") && isSettled(left, right);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the arrays grow in place; versions say that they did.
  const alignment = useMemo(
    () => alignAnswers(left.tokens, right.tokens),
    [left.key, left.version, right.key, right.version],
  );
  const tokens = useMemo(() => sideTokens(alignment), [alignment]);
  const spans = useMemo(() => (isOver ? compareSpans(alignment) : []), [alignment, isOver]);
  const { divergence, tokenizers, sharedLength } = alignment;
  const stretches = useMemo(
    () =>
      isOver
        ? diffTexts(alignment.left.text.slice(sharedLength), alignment.right.text.slice(sharedLength))
        : [],
    [alignment, sharedLength, isOver],
  );
  const meanings = [
    useLogProbMeaning(spec.request).meaning,
    useLogProbMeaning(spec.against).meaning,
  ] as const;
  const settings = differences(spec);
  // While one answer is behind the other, nothing is known of where they part.
  const parting = divergence === null || (!isOver && divergence.kind !== "token") ? null : divergence;

  function pick(span: ComparedSpan) {
    for (const [side, { tokens: placed }] of [
      ["A", alignment.left],
      ["B", alignment.right],
    ] as const) {
      const first = placed.find(({ end }) => end > span.start);
      const element = document.getElementById(`${side}-${first?.token.index}`);
      element?.scrollIntoView({ block: "nearest" });
      element?.animate(
        [{ outline: "2px solid var(--accent)" }, { outline: "2px solid var(--accent)" }],
        1_600,
      );
    }
  }

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <PartingLine alignment={alignment} isOver={isOver} />
        {tokenizers === "different" ? null : <DeltaLegend />}
      </div>
      <TrustNotes spec={spec} tokenizers={tokenizers} meanings={meanings} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
        {SIDES.map((side: Side, index) => (
          <AnswerPane
            key={side}
            side={side}
            endpointName={index === 0 ? spec.request.endpointName : spec.against.endpointName}
            settings={settings[side]}
            run={index === 0 ? left : right}
            cell={cells[index]}
            tokens={index === 0 ? tokens.left : tokens.right}
            parting={parting === null ? null : index === 0 ? parting.left : parting.right}
            showsDelta={tokenizers === "same"}
          />
        ))}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <TotalsTable runs={[left, right]} alignment={alignment} />
        {isOver ? (
          <WordDeltas spans={largestDeltas(spans, WORDS_SHOWN)} compared={spans.length} onPick={pick} />
        ) : null}
      </div>
      {isOver && divergence !== null ? <TailDiff stretches={stretches} /> : null}
    </>
  );
}

function isSettled(...runs: { status: string }[]): boolean {
  return runs.every(({ status }) => status !== "connecting" && status !== "streaming");
}
