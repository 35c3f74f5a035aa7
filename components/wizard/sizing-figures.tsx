import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import {
  explainGuideFormula,
  kvBytesPerToken,
  kvBytesPerTokenInGuide,
  weightsBytes,
} from "#lib/fit/measure-memory.ts";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { formatBytes } from "./format-figure.ts";
import { SourceNote } from "./source-note.tsx";

/** The arithmetic behind the picture, and where LMI's own guide computes otherwise. */
export function SizingFigures({
  model,
  sizing,
  degree,
}: {
  model: ModelFigures;
  sizing: Plan["sizing"];
  degree: number;
}) {
  const perToken = kvBytesPerToken(model);
  const inGuide = kvBytesPerTokenInGuide(model);
  const difference = explainGuideFormula(model);
  const all = perToken === null ? null : perToken * sizing.context * sizing.concurrency;
  return (
    <Panel title="How it is computed" bodyClassName="space-y-3 p-4">
      <Facts
        rows={[
          { name: "Weights", value: bytesOrUnknown(weightsBytes(model, sizing.format)) },
          {
            name: (
              <span className="inline-flex items-center gap-1">
                Cache per token
                <SourceNote sources={["2 × bytes × layers × key/value heads × head size"]}>
                  <p>Keys and values of one token in the whole model, sixteen bits each.</p>
                </SourceNote>
              </span>
            ),
            value: bytesOrUnknown(perToken),
          },
          { name: "Cache wished for", value: bytesOrUnknown(all) },
          { name: "Split over", value: `${degree} device${degree === 1 ? "" : "s"}` },
        ]}
      />
      {difference ? (
        <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
          {difference} By the guide: {inGuide === null ? "unknown" : formatBytes(inGuide)} a token.
        </p>
      ) : null}
    </Panel>
  );
}

function bytesOrUnknown(bytes: number | null): string {
  return bytes === null ? "unknown" : formatBytes(bytes);
}
