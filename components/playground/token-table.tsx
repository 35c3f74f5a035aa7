"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Select } from "#components/ui/field.tsx";
import { arrangeTokens, type TokenArrangement, type TokenSort } from "#lib/chart/arrange-tokens.ts";
import { renderCsv } from "#lib/handover/render-csv.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { saveFile } from "./save-file.ts";
import { TokenTableRow } from "./token-table-row.tsx";

const COLUMNS: readonly { sort: TokenSort; label: string }[] = [
  { sort: "position", label: "Position" },
  { sort: "token", label: "Token" },
  { sort: "probability", label: "Probability" },
  { sort: "log-prob", label: "Log p (nats)" },
  { sort: "surprisal", label: "Bits" },
  { sort: "entropy", label: "Entropy (bits)" },
  { sort: "rank", label: "Rank" },
  { sort: "arrived", label: "Arrived (ms)" },
  { sort: "id", label: "Id" },
];

const ROW_PX = 28;
const BELOW = [0.9, 0.5, 0.25, 0.1];

/** The same numbers as the heatmap, in rows: the way in for screen readers, for sorting and for checking. */
export function TokenTable({
  tokens,
  version,
  onReveal,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; this says when to look again. */
  version: number;
  /** A token is to be looked at in the text. */
  onReveal: (index: number) => void;
}) {
  const [arrangement, setArrangement] = useState<TokenArrangement>({
    sort: "position",
    descending: false,
    below: null,
  });
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `version`.
  const rows = useMemo(() => arrangeTokens(tokens, arrangement), [tokens, version, arrangement]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  if (tokens.length === 0) return <EmptyState title="No tokens yet" />;
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const under = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  function sortBy(sort: TokenSort) {
    setArrangement((now) => ({ ...now, sort, descending: now.sort === sort && !now.descending }));
  }

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-xs text-muted">
        <Select
          aria-label="Which tokens"
          className="h-7 !w-auto py-0 text-xs"
          value={arrangement.below ?? ""}
          onChange={({ target }) =>
            setArrangement({ ...arrangement, below: target.value === "" ? null : Number(target.value) })
          }
        >
          <option value="">All tokens</option>
          {BELOW.map((below) => (
            <option key={below} value={below}>
              Probability below {below}
            </option>
          ))}
        </Select>
        <span>
          {rows.length} of {tokens.length} tokens
        </span>
        <Button
          size="small"
          className="ml-auto"
          onClick={() => saveFile("tokens.csv", "text/csv", renderCsv(tokens))}
        >
          Save as CSV
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={box} tabIndex={0} aria-label="Rows" className="max-h-(--answer-height) overflow-auto">
        <table aria-label="Tokens" aria-rowcount={rows.length + 1} className="w-full text-left text-sm">
          <thead className="sticky top-0 z-10 bg-surface text-xs text-muted">
            <tr className="border-b border-line">
              {COLUMNS.map(({ sort, label }) => (
                <th
                  key={sort}
                  scope="col"
                  aria-sort={
                    arrangement.sort !== sort ? "none" : arrangement.descending ? "descending" : "ascending"
                  }
                  className="whitespace-nowrap px-3 py-2 font-medium"
                >
                  <button type="button" className="hover:text-ink" onClick={() => sortBy(sort)}>
                    {label}
                    <span aria-hidden="true">
                      {arrangement.sort !== sort ? "" : arrangement.descending ? " ↓" : " ↑"}
                    </span>
                  </button>
                </th>
              ))}
              <th scope="col" className="whitespace-nowrap px-3 py-2 font-medium">
                Alternatives
              </th>
            </tr>
          </thead>
          <tbody className="font-mono text-xs">
            {above > 0 ? <tr style={{ height: above }} /> : null}
            {items.map(({ index }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <TokenTableRow key={row.token.index} row={row} place={index} onReveal={onReveal} />
              );
            })}
            {under > 0 ? <tr style={{ height: under }} /> : null}
          </tbody>
        </table>
      </section>
    </>
  );
}
