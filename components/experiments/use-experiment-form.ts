"use client";

import { useQueryStates } from "nuqs";
import { buildExperiment, type ExperimentDraft, readTemperatures } from "#lib/experiment/build-experiment.ts";
import { estimateExperiment } from "#lib/experiment/estimate.ts";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import { planCells } from "#lib/experiment/plan-cells.ts";
import { variationOf } from "#lib/experiment/variation.ts";
import type { Failure } from "#lib/failure.ts";
import { parseParameterDraft } from "#lib/run/parameter-draft.ts";
import { newExperimentSearchParams } from "./search-params.ts";
import { useQuestionForm } from "./use-question-form.ts";

type Built = { ok: true; value: ExperimentSpec } | { ok: false; failures: Failure[] };

/** The form of a new experiment: the question, what is varied, and what that would take. */
export function useExperimentForm() {
  const question = useQuestionForm();
  const [varied, setVaried] = useQueryStates(newExperimentSearchParams, { history: "replace" });
  const { endpoint, parameters, manner, outlook, suggested, setFailures } = question;
  const { atOnce, ...rest } = varied;
  const draft: ExperimentDraft = { ...rest, concurrency: atOnce === "" ? String(suggested) : atOnce };

  function build(): Built {
    const asked = question.build();
    const spec = buildExperiment(draft, asked.ok ? asked.value : { endpointName: endpoint, parameters: {} });
    if (asked.ok) return spec;
    return { ok: false, failures: [...asked.failures, ...(spec.ok ? [] : spec.failures)] };
  }

  const built = build();
  const wordless = question.sketch();
  const sketch = wordless === null ? null : buildExperiment(draft, wordless);
  const read = parseParameterDraft(parameters);
  const hottest = Math.max(...readTemperatures(draft.temperatures));
  // What else is set can make a sweep pointless, too: the hottest of its temperatures would show it.
  const drawn = {
    ...(read.ok ? read.value : {}),
    ...(draft.kind === "sweep" && hottest > 0 ? { temperature: hottest } : {}),
  };
  return {
    question,
    draft,
    change({ concurrency, ...change }: Partial<ExperimentDraft>) {
      setFailures([]);
      setVaried({ ...change, ...(concurrency === undefined ? {} : { atOnce: concurrency }) });
    },
    variation: variationOf(drawn, manner),
    estimate: sketch?.ok
      ? estimateExperiment({
          spec: sketch.value,
          cells: planCells(sketch.value).length,
          manner,
          pace: outlook?.pace ?? null,
          pricePerHour: outlook?.pricePerHour ?? null,
        })
      : null,
    /** The experiment, or null where the form now says what is wrong with it. */
    read(): ExperimentSpec | null {
      setFailures(built.ok ? [] : built.failures);
      return built.ok ? built.value : null;
    },
  };
}
