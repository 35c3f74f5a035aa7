"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { saveFile } from "#components/playground/save-file.ts";
import { Button } from "#components/ui/button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { judgeRows } from "#lib/classify/judge-rows.ts";
import { renderResults } from "#lib/classify/render-results.ts";
import type { RowReading } from "#lib/experiment/classification.ts";
import type { ClassifySpec } from "#lib/experiment/experiment-spec.ts";
import type { ExperimentView } from "#lib/experiment/experiment-view.ts";
import { CalibrationPanel } from "./calibration-panel.tsx";
import { ConfusionTable } from "./confusion-table.tsx";
import { MethodNote } from "./method-note.tsx";
import { classificationQuery } from "./queries.ts";
import { RowsTable } from "./rows-table.tsx";
import { ScoreStrip } from "./score-strip.tsx";

/** What a classification came to, as far as it is. */
export function Classification({
  view: { id, status, progress },
  spec,
}: {
  view: Pick<ExperimentView, "id" | "status" | "progress">;
  spec: ClassifySpec;
}) {
  const isRunning = status === "running";
  const { data } = useQuery(classificationQuery(id, isRunning, `${progress.done} ${progress.failed}`));
  if (data === undefined) return <Skeleton label="Loading the rows" rows={8} />;
  if (!data.ok) return <FailureNotice failure={data.failure} />;
  return <Results id={id} spec={spec} readings={data.value} isOver={!isRunning} />;
}

function Results({
  id,
  spec,
  readings,
  isOver,
}: {
  id: string;
  spec: ClassifySpec;
  readings: readonly RowReading[];
  isOver: boolean;
}) {
  const { labels, rows, seed, request } = spec;
  const names = labels.map(({ name }) => name);
  const answered = useMemo(
    () =>
      rows.flatMap(({ truth }, index) => {
        const score = readings[index]?.score ?? null;
        return score === null ? [] : [{ truth, score }];
      }),
    [rows, readings],
  );
  const judgement = useMemo(() => judgeRows(answered, labels.length, seed), [answered, labels.length, seed]);
  const temperature = judgement.calibration.ok ? judgement.calibration.value.temperature : null;

  function save() {
    const scored = rows.map((row, index) => ({ ...row, score: readings[index]?.score ?? null }));
    saveFile(
      `classification-${id.slice(0, 8)}.csv`,
      "text/csv;charset=utf-8",
      renderResults(scored, names, temperature),
    );
  }

  return (
    <>
      <ScoreStrip judgement={judgement} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-2">
        <ConfusionTable confusion={judgement.confusion} names={names} />
        <MethodNote scores={answered.map(({ score }) => score)} />
      </div>
      <CalibrationPanel judgement={judgement} isOver={isOver} />
      <RowsTable
        rows={rows}
        readings={readings}
        names={names}
        temperature={temperature}
        endpointName={request.endpointName}
      />
      <div>
        <Button onClick={save} disabled={answered.length === 0}>
          Save the rows as CSV
        </Button>
      </div>
    </>
  );
}
