"use client";

import { Panel } from "#components/ui/panel.tsx";
import { ExperimentForm } from "./experiment-form.tsx";
import { EndpointField, ParameterFields, WordFields } from "./question-fields.tsx";
import { useExperimentForm } from "./use-experiment-form.ts";
import { VariationFields } from "./variation-fields.tsx";

/** Asks one question many times: what, of whom, how varied, and what it takes before it begins. */
export function NewExperiment() {
  const { question, draft, change, variation, estimate, read } = useExperimentForm();
  return (
    <ExperimentForm
      label="New experiment"
      fields={
        <>
          <Panel title="Question" bodyClassName="space-y-4 p-4">
            <EndpointField question={question} />
            <WordFields question={question} placeholder="The question that every sample answers." />
          </Panel>
          <Panel title="Parameters" bodyClassName="space-y-4 p-4">
            <ParameterFields question={question} />
          </Panel>
        </>
      }
      beside={
        <VariationFields
          draft={draft}
          onChange={change}
          problemOf={question.problemOf}
          variation={variation}
          seed={question.parameters.values.seed ?? ""}
          places={question.places}
        />
      }
      estimate={estimate}
      outlook={question.outlook}
      failures={question.failures}
      read={read}
    />
  );
}
