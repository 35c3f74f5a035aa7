"use client";

import Link from "next/link";
import { useState } from "react";
import { FINISH_TONES } from "#components/playground/finish-tones.ts";
import { formatNats, formatProbability } from "#components/playground/format-score.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Icon } from "#components/ui/icons.tsx";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import type { AnswerGroup } from "#lib/experiment/rank-samples.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { runAddress } from "./run-address.ts";

/** A distinct answer, and on demand the samples that gave it. */
export function GroupRows({ group, showsTemperature }: { group: AnswerGroup; showsTemperature: boolean }) {
  const [open, setOpen] = useState(false);
  const { first, samples, jointRank, meanRank, hasLengthEffect } = group;
  return (
    <>
      <tr className="border-b border-line align-top last:border-b-0 hover:bg-sunken">
        <th scope="row" className="w-full max-w-0 px-3 py-2.5 font-normal">
          <AnswerLink cell={first} />
          <span className="mt-1 flex flex-wrap items-center gap-1.5 text-xs text-muted">
            <span>{first.seed === null ? `sample ${first.position + 1}` : `seed ${first.seed}`}</span>
            {hasLengthEffect ? <LengthEffect jointRank={jointRank} meanRank={meanRank} /> : null}
          </span>
        </th>
        <td className="whitespace-nowrap px-3 py-2.5 text-right tabular-nums">
          {samples.length === 1 ? (
            "1"
          ) : (
            <button
              type="button"
              aria-expanded={open}
              aria-label={`${samples.length} identical answers`}
              className="rounded-md border border-line px-1.5 font-medium hover:border-line-strong"
              onClick={() => setOpen(!open)}
            >
              ×{samples.length}
            </button>
          )}
        </td>
        <Numbers cell={first} jointRank={jointRank} meanRank={meanRank} />
        {showsTemperature ? (
          <td className="px-3 py-2.5 text-right tabular-nums">{temperaturesOf(samples)}</td>
        ) : null}
      </tr>
      {open
        ? samples.map((cell) => (
            <tr key={cell.position} className="border-b border-line bg-sunken/50 align-top text-muted">
              <th scope="row" className="w-full max-w-0 py-2 pl-8 pr-3 text-xs font-normal">
                <Link href={runAddress(cell)} className="underline hover:text-ink">
                  Sample {cell.position + 1}
                  {cell.seed === null ? "" : `, seed ${cell.seed}`}
                </Link>
              </th>
              <td />
              <Numbers cell={cell} jointRank={null} meanRank={null} />
              {showsTemperature ? (
                <td className="px-3 py-2 text-right tabular-nums">{cell.temperature}</td>
              ) : null}
            </tr>
          ))
        : null}
    </>
  );
}

function temperaturesOf(samples: readonly Cell[]): string {
  const temperatures = new Set(samples.map(({ temperature }) => temperature ?? 0));
  return [...temperatures].toSorted((a, b) => a - b).join(", ");
}

/** The first words, which open the run. An answer may be nothing but space. */
function AnswerLink({ cell }: { cell: Cell }) {
  const words = cell.answer.trim().replace(/\s+/g, " ");
  return (
    <Link
      href={runAddress(cell)}
      dir="auto"
      className="line-clamp-2 font-medium [overflow-wrap:anywhere] hover:underline"
    >
      {words === "" ? "(nothing visible)" : words}
      {cell.characters > cell.answer.length ? "…" : ""}
    </Link>
  );
}

function Numbers({
  cell: { score, tokens, finishReason },
  jointRank,
  meanRank,
}: {
  cell: Cell;
  jointRank: number | null;
  meanRank: number | null;
}) {
  return (
    <>
      {score === null ? (
        <td colSpan={3} className="px-3 py-2.5 text-right text-xs text-muted">
          no log probabilities came with this answer
        </td>
      ) : (
        <>
          <NumberCell value={formatNats(score.jointLogProb)} below={rankWords(jointRank)} />
          <NumberCell
            value={formatProbability(Math.exp(score.meanLogProb))}
            below={`${formatNats(score.meanLogProb)} nats${meanRank === null ? "" : `, ${rankWords(meanRank)}`}`}
          />
          <NumberCell value={score.bitsPerByte === null ? "–" : score.bitsPerByte.toFixed(3)} />
        </>
      )}
      <NumberCell value={tokens.toLocaleString("en")} />
      <td className="whitespace-nowrap px-3 py-2.5">
        {finishReason ? (
          <Badge tone={FINISH_TONES[finishReason.kind]}>{describeFinish(finishReason).title}</Badge>
        ) : null}
      </td>
    </>
  );
}

function NumberCell({ value, below }: { value: string; below?: string }) {
  return (
    <td className="whitespace-nowrap px-3 py-2.5 text-right tabular-nums">
      {value}
      {below ? <span className="block text-xs text-muted">{below}</span> : null}
    </td>
  );
}

function rankWords(rank: number | null): string {
  return rank === null ? "" : `#${rank}`;
}

function LengthEffect({ jointRank, meanRank }: { jointRank: number | null; meanRank: number | null }) {
  return (
    <span className="inline-flex items-center gap-0.5 rounded-full bg-warn-soft pl-2 text-warn">
      <Icon name="triangle" className="size-2.5" />
      length effect
      <Definition term="length effect">
        <p>
          By joint log probability this answer is #{jointRank}, by mean it is #{meanRank}. The sum falls with
          every token, so it favours short answers; the mean does not. Here the length decides the place.
        </p>
      </Definition>
    </span>
  );
}
