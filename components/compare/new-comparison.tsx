"use client";

import { ExperimentForm } from "#components/experiments/experiment-form.tsx";
import { EndpointField, ParameterFields, WordFields } from "#components/experiments/question-fields.tsx";
import { EndpointPicker } from "#components/playground/endpoint-picker.tsx";
import { ParameterForm } from "#components/playground/parameter-form.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useComparisonForm } from "./use-comparison-form.ts";

/** Asks two endpoints, or one in two ways, with the same words. */
export function NewComparison() {
  const form = useComparisonForm();
  const { question, other, own, rightParameters } = form;
  const ofRight = question.failures.flatMap((failure) =>
    failure.field?.startsWith("against.")
      ? [{ ...failure, field: failure.field.slice("against.".length) }]
      : [],
  );
  return (
    <ExperimentForm
      label="New comparison"
      fields={
        <>
          <Panel title="The same words" bodyClassName="space-y-4 p-4">
            <WordFields question={question} placeholder="What both are asked." />
          </Panel>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-2">
            <Panel title="A" bodyClassName="space-y-4 p-4">
              <EndpointField question={question} label="Endpoint A" />
              <ParameterFields question={question} />
            </Panel>
            <Panel title="B" bodyClassName="space-y-4 p-4">
              <EndpointPicker
                label="Endpoint B"
                value={other}
                onChange={form.choose}
                problem={ofRight.find(({ field }) => field === "endpointName")?.message}
              />
              <label className="flex cursor-pointer items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={own !== null}
                  onChange={({ target }) => form.setOwn(target.checked ? rightParameters : null)}
                  className="accent-(--accent)"
                />
                Settings of its own
              </label>
              {own === null ? (
                <p className="text-xs text-muted">Asked with the parameters of A.</p>
              ) : (
                <ParameterForm
                  draft={own}
                  onChange={form.setOwn}
                  failures={ofRight}
                  manner={form.rightManner}
                />
              )}
            </Panel>
          </div>
        </>
      }
      beside={
        <Panel title="What you will see" bodyClassName="space-y-2 p-4 text-sm text-muted">
          <p>Both answers as they come, at the same time, and the first token at which they part.</p>
          <p>
            Until there, how much likelier each token and word was to one model than to the other. From there
            on, the words.
          </p>
          <p>At temperature 0 the models alone decide. Above it, answers also part by chance.</p>
        </Panel>
      }
      estimate={form.estimate}
      outlook={question.outlook}
      failures={question.failures}
      read={form.read}
    />
  );
}
