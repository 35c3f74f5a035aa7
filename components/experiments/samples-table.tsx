"use client";

import { useQueryStates } from "nuqs";
import { Badge } from "#components/ui/badge.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import {
  arrangeSamples,
  rankSamples,
  type SampleSort,
  unrankedSamples,
} from "#lib/experiment/rank-samples.ts";
import { GroupRows } from "./sample-rows.tsx";
import { samplesSearchParams } from "./search-params.ts";
import { UnrankedRow } from "./unranked-row.tsx";

const COLUMNS: readonly { sort: SampleSort; label: string; isNumber: boolean; definition?: string }[] = [
  { sort: "words", label: "Answer", isNumber: false },
  { sort: "count", label: "Count", isNumber: true },
  {
    sort: "joint",
    label: "Joint (nats)",
    isNumber: true,
    definition:
      "The sum of the tokens' log probabilities: the logarithm of the probability of exactly this text after this prompt. Longer texts are always less probable.",
  },
  {
    sort: "mean",
    label: "Confidence",
    isNumber: true,
    definition:
      "exp(mean log probability), with the mean in nats below it: how expected each token was on average. Not the chance of being right.",
  },
  {
    sort: "per-byte",
    label: "Bits per byte",
    isNumber: true,
    definition:
      "The surprisal of the text, −log₂ of its probability, divided by its length in bytes of UTF-8. Lower is more expected; unlike the mean it does not depend on how the text is cut into tokens.",
  },
  { sort: "tokens", label: "Tokens", isNumber: true },
  { sort: "finish", label: "Finish reason", isNumber: false },
];

/** More is better, so the first look is at the top; of the others it is at the smallest. */
const FALLING: readonly SampleSort[] = ["joint", "mean", "count"];

/** Every sample with its numbers: distinct answers ranked, what is not over yet below them. */
export function SamplesTable({
  cells,
  showsTemperature,
}: {
  cells: readonly Cell[];
  showsTemperature: boolean;
}) {
  const [{ sort, up }, setOrder] = useQueryStates(samplesSearchParams, { history: "replace" });
  const groups = rankSamples(cells);
  const rows = arrangeSamples(groups, { sort, descending: !up });
  const unranked = unrankedSamples(cells);
  const waiting = unranked.filter(({ state }) => state === "waiting").length;
  const done = cells.length - unranked.length;
  const flips = groups.filter(({ hasLengthEffect }) => hasLengthEffect).length;
  const columns = COLUMNS.length + (showsTemperature ? 1 : 0);

  return (
    <Panel
      title="Answers"
      aside={
        <p className="text-xs tabular-nums text-muted">
          {groups.length} distinct of {done} done
        </p>
      }
      bodyClassName=""
    >
      {flips > 0 ? <LengthEffectNote flips={flips} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label="Rows of answers" className="overflow-x-auto">
        <table
          aria-label="Answers"
          className={classNames(
            "w-full text-left text-sm sm:min-w-[46rem]",
            showsTemperature ? "min-w-[60rem]" : "min-w-[54rem]",
          )}
        >
          <thead className="text-xs text-muted">
            <tr className="border-b border-line">
              {COLUMNS.map(({ sort: column, label, isNumber, definition }) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={sort !== column ? "none" : up ? "ascending" : "descending"}
                  className={`whitespace-nowrap px-3 py-2 font-medium ${isNumber ? "text-right" : ""}`}
                >
                  <span className="inline-flex items-center gap-0.5">
                    <button
                      type="button"
                      className="hover:text-ink"
                      onClick={() =>
                        setOrder({ sort: column, up: sort === column ? !up : !FALLING.includes(column) })
                      }
                    >
                      {label}
                      <span aria-hidden="true">{sort !== column ? "" : up ? " ↑" : " ↓"}</span>
                    </button>
                    {definition ? (
                      <Definition term={label}>
                        <p>{definition}</p>
                      </Definition>
                    ) : null}
                  </span>
                </th>
              ))}
              {showsTemperature ? (
                <th scope="col" className="whitespace-nowrap px-3 py-2 text-right font-medium">
                  Temperature
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((group) => (
              <GroupRows key={group.first.answerNumber} group={group} showsTemperature={showsTemperature} />
            ))}
            {unranked.map((cell) =>
              cell.state === "waiting" ? null : (
                <UnrankedRow
                  key={cell.position}
                  cell={cell}
                  columns={columns}
                  showsTemperature={showsTemperature}
                />
              ),
            )}
            {waiting > 0 ? (
              <tr>
                <td colSpan={columns} className="px-3 py-2.5 text-xs text-muted">
                  {waiting} not sent yet.
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

function LengthEffectNote({ flips }: { flips: number }) {
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 border-b border-line px-4 py-2 text-xs text-muted">
      <Badge tone="warn">length effect</Badge>
      <span>
        {flips} answer{flips === 1 ? " changes its" : "s change their"} place between joint and mean.
      </span>
      <Definition term="length effect">
        <p>
          Every further token makes a text less probable, so the joint log probability favours short answers;
          the mean does not. An answer with this mark ranks differently by the two: which one is “best”
          depends on how its length is to count, not on the model alone.
        </p>
      </Definition>
    </p>
  );
}
