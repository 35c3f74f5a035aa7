import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { WireRow } from "#lib/chart/prepare-wire.ts";

/** One line in full, with what its frames did to it and the way to its tokens. */
export function WireLineDetail({ row, onReveal }: { row: WireRow; onReveal: (index: number) => void }) {
  const { line, firstFrame, lastFrame } = row;
  const bytes = new TextEncoder().encode(line.raw).length;
  const first = line.firstToken;
  return (
    <section aria-label="Line" className="border-t border-line p-4">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 font-sans text-xs text-muted">
        <span>
          {bytes.toLocaleString("en")} bytes{describeFrames(firstFrame, lastFrame)}
          {line.frames?.splits === undefined
            ? "."
            : `; ${line.frames.splits} character${line.frames.splits === 1 ? " was" : "s were"} cut between frames and put together again.`}
        </span>
        <span className="ml-auto flex gap-1">
          {first === null ? null : (
            <Button size="small" onClick={() => onReveal(first)}>
              Show in the text
            </Button>
          )}
          <CopyButton text={line.raw} label="Copy line" />
        </span>
      </div>
      <pre className="max-h-56 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 [overflow-wrap:anywhere]">
        {line.raw}
      </pre>
    </section>
  );
}

function describeFrames(first: number | null, last: number | null): string {
  if (first === null || last === null) return "";
  return first === last ? ` in frame ${last}` : `, begun in frame ${first} and ended in frame ${last}`;
}
