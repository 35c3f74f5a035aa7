import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import { CELL_BADGES } from "./experiment-words.ts";
import { runAddress } from "./run-address.ts";

const WORDS: Partial<Record<Cell["state"], string>> = {
  running: "Still coming: it is ranked when it is complete.",
  stopped: "Stopped before its end, so it is not ranked.",
};

/** A sample without a place among the others, and why. */
export function UnrankedRow({
  cell,
  columns,
  showsTemperature,
}: {
  cell: Cell;
  columns: number;
  showsTemperature: boolean;
}) {
  const { tone, label } = CELL_BADGES[cell.state];
  const words = cell.answer.trim().replace(/\s+/g, " ");
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <td colSpan={columns} className="px-3 py-2.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          <Badge tone={tone} pulse={cell.state === "running"}>
            {label}
          </Badge>
          <span className="tabular-nums">
            sample {cell.position + 1}
            {showsTemperature ? `, temperature ${cell.temperature}` : ""}
          </span>
          <span className="min-w-0">{cell.failure ?? WORDS[cell.state]}</span>
          {cell.runId === null ? null : (
            <Link href={runAddress(cell)} className="underline hover:text-ink">
              {cell.state === "running" ? "Watch" : "Open"}
              <span className="sr-only"> sample {cell.position + 1}</span>
            </Link>
          )}
        </span>
        {words === "" ? null : (
          <span dir="auto" className="mt-1 line-clamp-1 text-sm text-muted [overflow-wrap:anywhere]">
            {words}…
          </span>
        )}
      </td>
    </tr>
  );
}
