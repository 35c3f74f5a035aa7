"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { MeaningLine } from "#components/playground/meaning-line.tsx";
import { useLogProbMeaning } from "#components/playground/use-log-prob-meaning.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Definition } from "#components/ui/definition.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Question } from "#lib/experiment/experiment-spec.ts";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import { prepareSweep } from "#lib/experiment/prepare-sweep.ts";
import {
  FINISH_COLOURS,
  prepareSweepCharts,
  type SweepPicture,
} from "#lib/experiment/prepare-sweep-charts.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import type { LogProbMeaning } from "#lib/score/log-prob-meaning.ts";
import { SweepTable } from "./sweep-table.tsx";

const SweepChart = dynamic(
  () => import("#components/charts/sweep-chart.tsx").then((module) => module.SweepChart),
  { ssr: false, loading: () => <div className="h-37" /> },
);

const MEANINGS: Record<LogProbMeaning, { tone: Tone; label: string; words: string }> = {
  raw: {
    tone: "good",
    label: "raw",
    words:
      "The numbers are what the model said before temperature, so they compare across temperatures: confidence falls where less expected words were drawn.",
  },
  "after-temperature": {
    tone: "warn",
    label: "after temperature",
    words:
      "The numbers themselves move with the temperature, so confidence at one temperature does not compare with that at another. Distinct answers and lengths do.",
  },
  unknown: {
    tone: "plain",
    label: "unknown",
    words:
      "Whether the numbers move with the temperature is not known of this back end. Find out before reading the confidence curve.",
  },
  none: {
    tone: "plain",
    label: "none",
    words: "This back end sends no log probabilities: there is no confidence to show.",
  },
};

/** What the temperature does to the answers: four pictures on one axis, and the same numbers as a table. */
export function SweepPanels({ cells, request }: { cells: readonly Cell[]; request: Question }) {
  const { meaning } = useLogProbMeaning(request);
  const sweep = useMemo(() => prepareSweep(cells), [cells]);
  const charts = useMemo(() => prepareSweepCharts(sweep), [sweep]);
  const { tone, label, words } = MEANINGS[meaning];
  return (
    <Panel
      title="Against temperature"
      aside={
        <p className="flex items-center gap-2 text-xs text-muted">
          <span className="hidden sm:inline">log probabilities</span> <Badge tone={tone}>{label}</Badge>
        </p>
      }
      bodyClassName=""
    >
      <div className="grid gap-x-6 gap-y-5 p-4 sm:grid-cols-2">
        <Picture
          title="Confidence"
          model={charts.confidence}
          legend="Line: all samples together. Dots: each sample."
          definition="exp(mean log probability). The line is the geometric mean over all tokens of all samples at a temperature, each dot that of one sample. It says how expected the words were, not how right."
        />
        <Picture
          title="Distinct answers"
          model={charts.distinct}
          legend="Filled: distinct. Pale: repetitions of them."
          definition="How many different texts the samples that are done at a temperature have given, to the character but for space at their ends. Half an answer counts not."
        />
        <Picture
          title="Length in tokens"
          model={charts.tokens}
          legend="Line: mean. Dots: each sample."
          definition="Tokens generated, counted by Sagescope from the lines of the answer. An answer that was cut at the limit is as long as the limit."
        />
        <Picture
          title="Finish reasons"
          model={charts.finishes}
          definition="Why the answers ended, as the container said or as was inferred; the table below has the numbers."
        >
          <ul className="flex flex-wrap gap-x-3 gap-y-1">
            {sweep.finishKinds.map((kind) => (
              <li key={kind} className="flex items-center gap-1.5">
                <span
                  aria-hidden="true"
                  className="size-2.5 rounded-sm"
                  style={{ background: FINISH_COLOURS[kind] }}
                />
                {describeFinish({ kind, raw: kind }).title}
              </li>
            ))}
          </ul>
        </Picture>
      </div>
      <div className="space-y-3 border-t border-line p-4">
        <p className="text-xs">{words}</p>
        <MeaningLine asked={request} />
      </div>
      <SweepTable steps={sweep.steps} kinds={sweep.finishKinds} />
    </Panel>
  );
}

function Picture({
  title,
  model,
  legend,
  definition,
  children,
}: {
  title: string;
  model: SweepPicture;
  legend?: string;
  definition: string;
  children?: ReactNode;
}) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-center gap-0.5 text-xs font-medium">
        {title}
        <Definition term={title}>
          <p>{definition}</p>
        </Definition>
      </figcaption>
      {/* The table below says the same in words. */}
      <div aria-hidden="true">
        <SweepChart model={model} />
      </div>
      <div className="mt-1 min-h-5 text-xs text-muted">{children ?? legend}</div>
    </figure>
  );
}
