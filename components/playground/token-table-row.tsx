import type { TokenRow } from "#lib/chart/arrange-tokens.ts";
import { probabilityBand } from "#lib/score/probability-band.ts";
import { formatNats, formatProbability, quoteToken } from "./format-score.ts";

const NOTES = { "not-sent": "not sent", "not-finite": "not a number", clamped: "effectively zero" } as const;

/** One token in numbers. */
export function TokenTableRow({
  row,
  place,
  onReveal,
}: {
  row: TokenRow;
  place: number;
  onReveal: (index: number) => void;
}) {
  const { token, measure } = row;
  const { probability, logProb, surprisal, entropy, rank } = measure;
  return (
    <tr aria-rowindex={place + 2} className="h-7 border-b border-line last:border-0">
      <td className="px-3 tabular-nums text-muted">
        <button
          type="button"
          className="hover:text-ink hover:underline"
          title="Show in the text"
          onClick={() => onReveal(token.index)}
        >
          {token.index + 1}
        </button>
      </td>
      <td className="max-w-64 truncate px-3">
        {quoteToken(token.text)}
        {token.special ? <span className="text-muted"> special</span> : null}
      </td>
      <td
        className="heat-cell whitespace-nowrap px-3 tabular-nums"
        data-band={logProb === null ? undefined : probabilityBand(logProb)}
      >
        {probability === null ? (
          <span className="text-muted">{NOTES[token.logProbNote ?? "not-sent"]}</span>
        ) : (
          formatProbability(probability)
        )}
      </td>
      <td className="px-3 tabular-nums text-muted">{logProb === null ? "–" : formatNats(logProb)}</td>
      <td className="px-3 tabular-nums text-muted">{surprisal === null ? "–" : surprisal.toFixed(2)}</td>
      <td className="px-3 tabular-nums">{entropy === null ? "–" : entropy.toFixed(2)}</td>
      <td className="px-3 tabular-nums">
        {rank === null ? "–" : rank.atLeast ? `> ${rank.rank - 1}` : rank.rank}
      </td>
      <td className="px-3 tabular-nums text-muted">{token.at.toFixed(1)}</td>
      <td className="px-3 tabular-nums text-muted">{token.id ?? "–"}</td>
      <td className="max-w-96 truncate px-3 text-muted">
        {(token.alternatives ?? [])
          .map(({ text, logProb: value }) =>
            value === null ? quoteToken(text) : `${quoteToken(text)} ${formatProbability(Math.exp(value))}`,
          )
          .join("  ")}
      </td>
    </tr>
  );
}
