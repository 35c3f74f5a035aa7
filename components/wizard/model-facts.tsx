import { lazy, Suspense } from "react";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import { formatCount } from "./format-figure.ts";

// What the figures were read from is looked at after a model was chosen, and not shipped before.
const ModelSources = lazy(async () => ({ default: (await import("./model-notes.tsx")).ModelSources }));
const ModelNotes = lazy(async () => ({ default: (await import("./model-notes.tsx")).ModelNotes }));

/** The dimensions that everything after this step is computed from. What nobody says is said to be unknown. */
export function ModelFacts({ figures }: { figures: ModelFigures }) {
  const heads =
    figures.attentionHeads === null
      ? "unknown"
      : `${figures.attentionHeads} query, ${figures.kvHeads ?? "?"} key/value${figures.attentionKind ? ` (${figures.attentionKind})` : ""}`;
  return (
    <Panel
      title={figures.id}
      aside={
        <Suspense fallback={null}>
          <ModelSources figures={figures} />
        </Suspense>
      }
      bodyClassName="space-y-3 p-4"
    >
      <Facts
        rows={[
          {
            name: "Parameters",
            value:
              figures.parameters === null
                ? "unknown"
                : `${formatCount(figures.parameters)}${figures.activeParameters ? `, ${formatCount(figures.activeParameters)} active` : ""}`,
          },
          { name: "Architecture", value: figures.architecture ?? figures.architectureKey ?? "unknown" },
          { name: "Layers", value: known(figures.layers) },
          { name: "Hidden size", value: known(figures.hiddenSize) },
          { name: "Heads", value: heads },
          { name: "Context", value: figures.maxContext ? `${known(figures.maxContext)} tokens` : "unknown" },
          { name: "Published as", value: figures.dtype ?? "unknown" },
        ]}
      />
      <Suspense fallback={null}>
        <ModelNotes figures={figures} />
      </Suspense>
    </Panel>
  );
}

function known(value: number | null): string {
  return value === null ? "unknown" : value.toLocaleString("en");
}
