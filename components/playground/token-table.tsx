import { EmptyState } from "#components/ui/empty-state.tsx";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { formatBits, formatNats, formatProbability, quoteToken } from "./format-score.ts";

/** The same numbers as the heatmap, in rows: the way in for screen readers and for checking. */
export function TokenTable({ tokens }: { tokens: readonly TokenEvent[]; count: number }) {
  if (tokens.length === 0) return <EmptyState title="No tokens yet" />;
  return (
    <div className="max-h-(--answer-height) overflow-auto">
      <table aria-label="Tokens" className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-surface text-xs text-muted">
          <tr className="border-b border-line">
            {["Position", "Token", "Id", "Probability", "Log p (nats)", "Bits", "Arrived (ms)"].map(
              (name) => (
                <th key={name} scope="col" className="whitespace-nowrap px-3 py-2 font-medium">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="font-mono text-xs">
          {tokens.map((token) => (
            <tr key={token.index} className="border-b border-line last:border-0">
              <td className="px-3 py-1 tabular-nums text-muted">{token.index + 1}</td>
              <td className="px-3 py-1 [overflow-wrap:anywhere]">
                {quoteToken(token.text)}
                {token.special ? <span className="text-muted"> special</span> : null}
              </td>
              <td className="px-3 py-1 tabular-nums text-muted">{token.id ?? "–"}</td>
              {token.logProb === null ? (
                <td colSpan={3} className="px-3 py-1 text-muted">
                  {token.logProbNote ?? "not sent"}
                </td>
              ) : (
                <>
                  <td className="px-3 py-1 tabular-nums">{formatProbability(Math.exp(token.logProb))}</td>
                  <td className="px-3 py-1 tabular-nums">{formatNats(token.logProb)}</td>
                  <td className="px-3 py-1 tabular-nums">{formatBits(token.logProb)}</td>
                </>
              )}
              <td className="px-3 py-1 tabular-nums text-muted">{token.at.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
