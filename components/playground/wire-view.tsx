"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Select } from "#components/ui/field.tsx";
import { prepareWire, type WireRow as Row, type WireOverview } from "#lib/chart/prepare-wire.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { formatDuration } from "./format-score.ts";
import { WireLineDetail } from "./wire-line-detail.tsx";
import { WireRow } from "./wire-row.tsx";

const ROW_PX = 28;

const FILTERS = [
  { value: "all", label: "All lines", keeps: () => true },
  { value: "cut", label: "Cut between frames", keeps: (row: Row) => row.firstFrame !== row.lastFrame },
  { value: "unreadable", label: "Not readable", keeps: (row: Row) => row.line.malformed },
  { value: "other", label: "Without a token", keeps: (row: Row) => row.line.firstToken === null },
] as const;

/** Frames, lines and tokens of the answer as the wire brought them, with the body that asked for them. */
export function WireView({
  requestBody,
  lines,
  version,
  onReveal,
}: {
  requestBody: string | null;
  lines: RunState["rawLines"];
  /** The array grows in place; this says when to look again. */
  version: number;
  onReveal: (index: number) => void;
}) {
  const [filter, setFilter] = useState<(typeof FILTERS)[number]["value"]>("all");
  const [open, setOpen] = useState<number | null>(null);
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `version`.
  const overview = useMemo(() => prepareWire(lines), [lines, version]);
  const keeps = FILTERS.find(({ value }) => value === filter)?.keeps ?? (() => true);
  const rows = filter === "all" ? overview.rows : overview.rows.filter(keeps);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  if (requestBody === null && lines.length === 0) {
    return (
      <EmptyState title="Nothing on the wire yet">
        Run a prompt: the request body and every line of the answer appear here as they were sent.
      </EmptyState>
    );
  }
  const shown = open === null ? undefined : rows[open];
  return (
    <div className="font-mono text-xs">
      {requestBody === null ? null : (
        <details className="border-b border-line px-4 py-2">
          <summary className="py-1 font-sans font-semibold">Request body</summary>
          <div className="mt-1 flex justify-end font-sans">
            <CopyButton text={requestBody} label="Copy request" />
          </div>
          <pre className="mt-2 max-h-48 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 [overflow-wrap:anywhere]">
            {requestBody}
          </pre>
        </details>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 font-sans text-muted">
        <Select
          aria-label="Which lines"
          className="h-7 !w-auto py-0 text-xs"
          value={filter}
          onChange={({ target }) => {
            setOpen(null);
            setFilter(FILTERS.find(({ value }) => value === target.value)?.value ?? "all");
          }}
        >
          {FILTERS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <Summary overview={overview} shown={rows.length} />
        <span className="ml-auto">
          <CopyButton text={() => lines.map((line) => line.raw).join("\n")} label="Copy lines" />
        </span>
      </div>
      <div
        aria-hidden="true"
        className="grid grid-cols-[4.5rem_4.5rem_5.5rem_minmax(0,1fr)_auto] gap-2 border-b border-line px-3 py-1 font-sans text-muted"
      >
        <span>Frame</span>
        <span className="text-right">At (ms)</span>
        <span className="text-right">Gap (ms)</span>
        <span>Line</span>
        <span>Brought</span>
      </div>
      <section
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label="Lines of the answer"
        className="max-h-[28rem] overflow-auto"
      >
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li key={index} className="absolute inset-x-0" style={{ top: start }}>
                <WireRow
                  row={row}
                  longestGap={overview.longestGap}
                  open={open === index}
                  onOpen={() => setOpen(open === index ? null : index)}
                />
              </li>
            );
          })}
        </ol>
      </section>
      {shown === undefined ? null : <WireLineDetail row={shown} onReveal={onReveal} />}
    </div>
  );
}

function Summary({ overview, shown }: { overview: WireOverview; shown: number }) {
  const { rows, frames, bytes, cutLines, splitCharacters, longestGap } = overview;
  const lines =
    shown === rows.length ? `${count(shown)} lines` : `${count(shown)} of ${count(rows.length)} lines`;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      {frames === null ? null : (
        <>
          {count(frames)} frames, {count(bytes)} bytes ·
        </>
      )}{" "}
      {lines} · {cutLines} cut between frames · {splitCharacters} split characters · longest gap{" "}
      {formatDuration(longestGap)}
      <Definition term="frames and lines">
        <p>
          A frame is one PayloadPart of SageMaker's event stream. Frames end anywhere, also inside a line or a
          character; a line is what the container wrote, and brings one token or several.
        </p>
        <p>Times are taken where bytes reach this server. Lines that were read at once share one.</p>
      </Definition>
    </span>
  );
}

function count(number: number): string {
  return number.toLocaleString("en");
}
