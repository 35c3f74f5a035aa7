import { classNames } from "#components/ui/class-names.ts";
import type { WireRow as Row } from "#lib/chart/prepare-wire.ts";

/** A line on one line: its frames, when it came, how long after the one before, and what it brought. */
export function WireRow({
  row,
  longestGap,
  open,
  onOpen,
}: {
  row: Row;
  longestGap: number;
  open: boolean;
  onOpen: () => void;
}) {
  const { line, firstFrame, lastFrame, gap } = row;
  const isCut = firstFrame !== lastFrame;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onOpen}
      className={classNames(
        "grid h-7 w-full grid-cols-[4.5rem_4.5rem_5.5rem_minmax(0,1fr)_auto] items-center gap-2 px-3 text-left hover:bg-sunken",
        open && "bg-accent-soft",
      )}
    >
      <span className={classNames("tabular-nums", isCut ? "font-semibold text-warn" : "text-muted")}>
        {lastFrame === null ? "–" : isCut ? `${firstFrame}–${lastFrame}` : lastFrame}
      </span>
      <span className="text-right tabular-nums text-muted">{line.at === null ? "" : line.at.toFixed(1)}</span>
      <span className="flex items-center gap-1.5 tabular-nums text-muted">
        <span aria-hidden="true" className="h-1.5 flex-1 rounded-full bg-sunken">
          <span
            className="block h-1.5 rounded-full bg-calm"
            style={{ width: `${longestGap === 0 ? 0 : ((gap ?? 0) / longestGap) * 100}%` }}
          />
        </span>
        <span className="w-9 text-right">{gap === null ? "" : gap.toFixed(gap < 10 ? 1 : 0)}</span>
      </span>
      <code className="truncate" dir="ltr">
        {line.malformed ? <strong className="text-danger">cannot be read: </strong> : null}
        {line.raw}
      </code>
      <span className="whitespace-nowrap text-muted">
        {line.frames?.splits === undefined ? null : (
          <span className="mr-2 font-semibold text-warn">split character</span>
        )}
        {line.firstToken === null
          ? ""
          : line.tokens > 1
            ? `${line.tokens} tokens`
            : `token ${line.firstToken + 1}`}
      </span>
    </button>
  );
}
