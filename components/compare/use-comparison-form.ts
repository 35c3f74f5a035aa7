"use client";

import { useQueryStates } from "nuqs";
import { useQuestionForm } from "#components/experiments/use-question-form.ts";
import { useRequestManner } from "#components/playground/use-request-manner.ts";
import { buildComparison } from "#lib/experiment/build-comparison.ts";
import { estimateExperiment } from "#lib/experiment/estimate.ts";
import type { CompareSpec } from "#lib/experiment/experiment-spec.ts";
import type { Failure } from "#lib/failure.ts";
import type { ParameterDraft } from "#lib/run/parameter-draft.ts";
import { againstSearchParams } from "./search-params.ts";

/** The form of a comparison: the left side is the playground's, the right one beside it. */
export function useComparisonForm() {
  const question = useQuestionForm();
  const [{ against, own }, setAgainst] = useQueryStates(againstSearchParams, { history: "replace" });
  const { endpoint, ready, parameters, format, manner, outlook, setFailures } = question;
  const other = against || (ready.find((name) => name !== endpoint) ?? endpoint);
  const rightParameters: ParameterDraft = own ?? parameters;
  const right = useRequestManner({ endpoint: other, parameters: rightParameters, format });

  function build(): { ok: true; value: CompareSpec } | { ok: false; failures: Failure[] } {
    const asked = question.build();
    const built = buildComparison(asked.ok ? asked.value : { endpointName: endpoint, parameters: {} }, {
      endpointName: other,
      own,
    });
    if (asked.ok) return built;
    // What the left side lacks cannot be the same on the right one.
    const ofRight = built.ok ? [] : built.failures.filter(({ hint }) => hint === undefined);
    return { ok: false, failures: [...asked.failures, ...ofRight] };
  }

  const built = build();
  return {
    question,
    other,
    own,
    rightParameters,
    rightManner: right.manner,
    choose(name: string) {
      setFailures([]);
      setAgainst({ against: name });
    },
    setOwn(draft: ParameterDraft | null) {
      setFailures([]);
      setAgainst({ own: draft });
    },
    estimate: built.ok
      ? estimateExperiment({
          spec: built.value,
          cells: 2,
          manner,
          pace: outlook?.pace ?? null,
          pricePerHour: outlook?.pricePerHour ?? null,
        })
      : null,
    read(): CompareSpec | null {
      setFailures(built.ok ? [] : built.failures);
      return built.ok ? built.value : null;
    },
  };
}
