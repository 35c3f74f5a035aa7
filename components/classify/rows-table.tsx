"use client";

import Link from "next/link";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { LabelledRow } from "#lib/classify/labelled-rows.ts";
import { labelLogits, predictedLabel } from "#lib/classify/row-score.ts";
import { logSoftmax } from "#lib/classify/softmax.ts";
import type { RowReading } from "#lib/experiment/classification.ts";
import { DEFINITIONS, formatShare } from "./number-words.ts";

const FILTERS = [
  { value: "all", label: "All" },
  { value: "wrong", label: "Wrong" },
  { value: "open", label: "Not answered" },
] as const;

type Filter = (typeof FILTERS)[number]["value"];

type Judged = {
  number: number;
  row: LabelledRow;
  reading: RowReading;
  predicted: number | null;
  probability: number | null;
  calibrated: number | null;
};

/** Every text with its label, the predicted one and how sure that is. */
export function RowsTable({
  rows,
  readings,
  names,
  temperature,
  endpointName,
}: {
  rows: readonly LabelledRow[];
  readings: readonly RowReading[];
  names: readonly string[];
  /** The fitted one; null where none was. */
  temperature: number | null;
  endpointName: string;
}) {
  const [filter, setFilter] = useState<Filter>("all");
  const judged = rows.flatMap((row, index) => {
    const reading = readings[index];
    return reading === undefined ? [] : [judge(row, reading, index, temperature)];
  });
  const shown = judged.filter(({ reading, predicted, row }) => {
    if (filter === "wrong") return reading.score !== null && predicted !== row.truth;
    return filter === "all" || reading.score === null;
  });
  return (
    <Panel
      title="Rows"
      aside={<Segmented label="Which rows" options={FILTERS} value={filter} onChange={setFilter} />}
      bodyClassName=""
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label="Rows of texts" className="max-h-[40rem] overflow-auto">
        <table aria-label="Rows" className="w-full min-w-[44rem] text-left text-sm">
          <thead className="sticky top-0 z-10 bg-surface text-xs text-muted shadow-[0_1px_0_var(--line)]">
            <tr>
              <Head>#</Head>
              <Head>Text</Head>
              <Head>Label</Head>
              <Head>Predicted</Head>
              <Head isNumber definition={DEFINITIONS.probability}>
                Probability
              </Head>
              {temperature === null ? null : (
                <Head isNumber definition={DEFINITIONS.temperature}>
                  Calibrated
                </Head>
              )}
              <Head isNumber definition={DEFINITIONS.unseen}>
                Unseen
              </Head>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Row
                key={one.number}
                judged={one}
                names={names}
                temperature={temperature}
                endpointName={endpointName}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? (
          <p className="p-4 text-sm text-muted">
            {filter === "wrong" ? "No answered row is wrong." : "Every row is answered."}
          </p>
        ) : null}
      </section>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        {shown.length} of {rows.length} rows
      </p>
    </Panel>
  );
}

function Head({
  children,
  isNumber,
  definition,
}: {
  children: string;
  isNumber?: boolean;
  definition?: string;
}) {
  return (
    <th scope="col" className={`whitespace-nowrap px-3 py-2 font-medium ${isNumber ? "text-right" : ""}`}>
      <span className="inline-flex items-center gap-0.5">
        {children}
        {definition ? (
          <Definition term={children}>
            <p>{definition}</p>
          </Definition>
        ) : null}
      </span>
    </th>
  );
}

function Row({
  judged: { number, row, reading, predicted, probability, calibrated },
  names,
  temperature,
  endpointName,
}: {
  judged: Judged;
  names: readonly string[];
  temperature: number | null;
  endpointName: string;
}) {
  const isRight = predicted === row.truth;
  return (
    <tr className="border-b border-line align-top last:border-0">
      <td className="px-3 py-2 text-xs tabular-nums text-muted">
        {reading.runId === null ? (
          number
        ) : (
          <Link
            href={`/playground?${new URLSearchParams({ endpoint: endpointName, run: reading.runId })}`}
            className="underline hover:text-ink"
            aria-label={`Open row ${number} in the playground`}
          >
            {number}
          </Link>
        )}
      </td>
      <td className="max-w-md px-3 py-2 [overflow-wrap:anywhere]" dir="auto">
        <span className="line-clamp-3">{row.text}</span>
        {reading.failure ? (
          <span className="mt-1 block text-xs text-danger">{reading.failure.message}</span>
        ) : null}
      </td>
      <td className="whitespace-nowrap px-3 py-2">{names[row.truth]}</td>
      <td className="whitespace-nowrap px-3 py-2">
        {reading.score === null ? (
          <span className="text-muted">{STATE_WORDS[reading.state]}</span>
        ) : (
          <Badge tone={isRight ? "good" : "bad"}>{predicted === null ? "no label" : names[predicted]}</Badge>
        )}
      </td>
      <Share value={probability} />
      {temperature === null ? null : <Share value={calibrated} />}
      <Share
        value={reading.score === null || reading.score.method === "text" ? null : reading.score.unseen}
      />
    </tr>
  );
}

function Share({ value }: { value: number | null }) {
  return <td className="px-3 py-2 text-right tabular-nums">{value === null ? "" : formatShare(value)}</td>;
}

const STATE_WORDS: Record<RowReading["state"], string> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};

function judge(row: LabelledRow, reading: RowReading, index: number, temperature: number | null): Judged {
  const logits = reading.score === null ? null : labelLogits(reading.score);
  const predicted = reading.score === null ? null : predictedLabel(reading.score);
  const share = (at: number) =>
    logits === null || predicted === null ? null : Math.exp(logSoftmax(logits, at)[predicted] ?? 0);
  return {
    number: index + 1,
    row,
    reading,
    predicted,
    probability: share(1),
    calibrated: temperature === null ? null : share(temperature),
  };
}
