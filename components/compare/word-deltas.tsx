import { formatNats } from "#components/playground/format-score.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ComparedSpan } from "#lib/compare/compare-spans.ts";
import { deltaBand } from "#lib/compare/delta-band.ts";

/** The shared words whose probability differs most. `onPick` shows one in both answers. */
export function WordDeltas({
  spans,
  compared,
  onPick,
}: {
  spans: readonly ComparedSpan[];
  /** How many words were compared in all. */
  compared: number;
  onPick: (span: ComparedSpan) => void;
}) {
  const most = Math.max(...spans.map(({ delta }) => Math.abs(delta)), Number.EPSILON);
  return (
    <Panel
      title="Words that differ most"
      aside={
        <Definition term="Δ of a word">
          <p>
            The log probability of all tokens that touch the word, B's minus A's, in nats. Only words of the
            shared text whose tokens cover the same characters on both sides, and all have a number.
          </p>
        </Definition>
      }
      bodyClassName=""
    >
      {spans.length === 0 ? (
        <p className="p-4 text-sm text-muted">
          {compared === 0
            ? "No word of the shared text has a number on both sides."
            : "Both found every shared word equally likely."}
        </p>
      ) : (
        <ol aria-label="Words that differ most">
          {spans.map((span) => (
            <li key={span.start} className="border-b border-line last:border-0">
              <button
                type="button"
                onClick={() => onPick(span)}
                className="grid w-full grid-cols-[minmax(5rem,10rem)_minmax(0,1fr)_5rem] items-center gap-3 px-4 py-2 text-left text-sm hover:bg-sunken"
              >
                <span className="truncate font-medium">{span.text}</span>
                <DeltaBar delta={span.delta} most={most} />
                <span className="text-right tabular-nums">
                  {span.delta > 0 ? "+" : ""}
                  {formatNats(span.delta)}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <p className="px-4 py-2 text-xs text-muted">
        {spans.length} of {compared} words, in nats. Left of the middle A is likelier, right of it B.
      </p>
    </Panel>
  );
}

function DeltaBar({ delta, most }: { delta: number; most: number }) {
  const width = (Math.abs(delta) / most) * 50;
  const band = Math.max(Math.abs(deltaBand(delta)), 1);
  return (
    <span aria-hidden="true" className="relative block h-3 rounded-sm bg-sunken">
      <span
        className="absolute inset-y-0"
        style={{
          width: `${width}%`,
          left: delta > 0 ? "50%" : `${50 - width}%`,
          background: `var(--delta-${delta > 0 ? "right" : "left"}-${band})`,
        }}
      />
      <span className="absolute inset-y-0 left-1/2 w-px bg-line-strong" />
    </span>
  );
}
