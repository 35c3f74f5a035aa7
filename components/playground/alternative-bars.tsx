import { classNames } from "#components/ui/class-names.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { measureToken } from "#lib/score/measure-token.ts";
import { formatProbability, quoteToken } from "./format-score.ts";

/** What else the model weighed here, on a scale from 0 to 1, with what the list leaves unseen as its last bar. */
export function AlternativeBars({
  token,
  onPick,
}: {
  token: TokenEvent;
  /** Goes on with this text in the token's place; null where that is not offered. */
  onPick: ((text: string) => void) | null;
}) {
  if (!token.alternatives || token.alternatives.length === 0) {
    return <p className="mt-2 text-xs text-muted">This answer carries no alternatives.</p>;
  }
  const known = token.alternatives.map(({ text, logProb }) => ({
    text,
    probability: logProb === null ? 0 : Math.exp(logProb),
    chosen: text === token.text,
  }));
  // Some back ends list the likeliest tokens only, and the one that was drawn may not be among them.
  const own =
    known.some(({ chosen }) => chosen) || token.logProb === null
      ? []
      : [{ text: token.text, probability: Math.exp(token.logProb), chosen: true }];
  const rows = [...known, ...own].sort((left, right) => right.probability - left.probability);
  const unseen = measureToken(token).unseenMass ?? 0;
  return (
    <div className="mt-3">
      <p className="mb-1 text-xs text-muted">Weighed here</p>
      <ol className="space-y-0.5 text-xs">
        {rows.map((row, position) => (
          <Bar
            // biome-ignore lint/suspicious/noArrayIndexKey: two ids can have one text; the list never changes.
            key={position}
            {...row}
            label={quoteToken(row.text)}
            onPick={onPick && !row.chosen && row.text !== "" ? () => onPick(row.text) : null}
          />
        ))}
        <Bar probability={unseen} label="everything else" chosen={false} onPick={null} />
      </ol>
      {onPick === null ? null : (
        <p className="mt-1.5 text-xs text-muted">Choose one to go on from here with it.</p>
      )}
    </div>
  );
}

function Bar({
  probability,
  label,
  chosen,
  onPick,
}: {
  probability: number;
  label: string;
  chosen: boolean;
  onPick: (() => void) | null;
}) {
  return (
    <li className="grid grid-cols-[1fr_4.5rem_3.25rem] items-center gap-2">
      <span className={classNames("truncate font-mono", chosen && "font-semibold text-accent")}>
        {chosen ? "▸ " : ""}
        {onPick === null ? (
          label
        ) : (
          <button
            type="button"
            className="font-medium text-accent underline decoration-dotted"
            onClick={onPick}
            aria-label={`Branch with ${label}`}
          >
            {label}
          </button>
        )}
      </span>
      <span aria-hidden="true" className="h-2 rounded-full bg-sunken">
        <span
          className={classNames("block h-2 rounded-full", chosen ? "bg-accent" : "bg-line-strong")}
          style={{ width: `${Math.min(100, probability * 100)}%` }}
        />
      </span>
      <span className="text-right tabular-nums">{formatProbability(probability)}</span>
    </li>
  );
}
