import { formatProbability } from "#components/playground/format-score.ts";
import type { SweepStep } from "#lib/experiment/prepare-sweep.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";

/** The numbers behind the pictures, one temperature a row. */
export function SweepTable({
  steps,
  kinds,
}: {
  steps: readonly SweepStep[];
  kinds: readonly SweepStep["finishes"][number]["kind"][];
}) {
  const columns = ["Temperature", "Done", "Confidence", "Distinct", "Tokens"];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label="Rows of temperatures" className="overflow-x-auto border-t border-line">
      <table aria-label="By temperature" className="w-full min-w-[38rem] text-right text-sm tabular-nums">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            {[...columns, ...kinds.map((kind) => describeFinish({ kind, raw: kind }).title)].map((label) => (
              <th key={label} scope="col" className="px-3 py-2 font-medium first:text-left">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ temperature, done, total, confidence, distinctAnswers, tokens, finishes }) => (
            <tr key={temperature} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-3 py-2 text-left font-medium">
                {temperature}
              </th>
              <td className="whitespace-nowrap px-3 py-2">
                {done} of {total}
              </td>
              <td className="px-3 py-2">
                {confidence === null ? "–" : formatProbability(confidence.middle)}
                {confidence !== null && confidence.least !== confidence.most ? (
                  <span className="block text-xs text-muted">
                    {formatProbability(confidence.least)} to {formatProbability(confidence.most)}
                  </span>
                ) : null}
              </td>
              <td className="px-3 py-2">{done === 0 ? "–" : distinctAnswers}</td>
              <td className="px-3 py-2">
                {tokens === null ? "–" : round(tokens.middle)}
                {tokens !== null && tokens.least !== tokens.most ? (
                  <span className="block text-xs text-muted">
                    {tokens.least} to {tokens.most}
                  </span>
                ) : null}
              </td>
              {kinds.map((kind) => (
                <td key={kind} className="px-3 py-2">
                  {finishes.find((one) => one.kind === kind)?.count ?? (done === 0 ? "–" : 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
