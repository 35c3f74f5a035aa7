"use client";

import { ExperimentForm } from "#components/experiments/experiment-form.tsx";
import { EndpointField } from "#components/experiments/question-fields.tsx";
import { type TemplateActions, Templates } from "#components/playground/templates.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { requestsOf } from "#lib/experiment/experiment-spec.ts";
import { LabelFields } from "./label-fields.tsx";
import { ScoringFields } from "./scoring-fields.tsx";
import { TableFields } from "./table-fields.tsx";
import { useClassificationForm } from "./use-classification-form.ts";

/** Puts labelled texts to an endpoint: which texts, which labels, in which words. */
export function NewClassification({ templates }: { templates: TemplateActions }) {
  const form = useClassificationForm();
  const { question, draft } = form;
  const { problemOf } = question;
  return (
    <ExperimentForm
      label="New classification"
      fields={
        <>
          {form.csv === "" ? (
            <section
              aria-label="Example"
              className="flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-accent-soft px-4 py-3 text-sm"
            >
              <p>
                Nothing at hand? Forty-two short reviews, some of them hard, with labels and a prompt that the
                demonstration model understands.
              </p>
              <Button onClick={form.useExample}>Use the example reviews</Button>
            </section>
          ) : null}
          <Panel title="Texts" bodyClassName="space-y-4 p-4">
            <TableFields
              csv={form.csv}
              onCsv={form.setCsv}
              table={draft.table}
              columns={draft.columns}
              onColumns={form.choose}
              problem={problemOf("table")}
            />
          </Panel>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-2">
            <Panel title="Labels" bodyClassName="space-y-3 p-4">
              <LabelFields
                text={draft.labels}
                onText={form.setLabels}
                rule={draft.rule}
                onRule={form.choose}
                found={form.foundLabels}
                problem={problemOf("labels")}
              />
            </Panel>
            <Panel
              title="Question"
              aside={<Templates prompt={draft.prompt} onPick={form.setPrompt} actions={templates} />}
              bodyClassName="space-y-4 p-4"
            >
              <EndpointField question={question} />
              <Field
                label="Prompt"
                problem={problemOf("prompt")}
                hint="{{text}} stands for a row's text. End it where the label begins."
              >
                {(ids) => (
                  <TextArea
                    {...ids}
                    className="h-28 min-h-24 resize-y"
                    placeholder={"Review: {{text}}\nSentiment:"}
                    value={draft.prompt}
                    onChange={({ target }) => form.setPrompt(target.value)}
                  />
                )}
              </Field>
            </Panel>
          </div>
        </>
      }
      beside={
        <ScoringFields
          draft={draft}
          manner={question.manner}
          requests={form.built.ok ? requestsOf(form.built.value) : null}
          onChange={form.choose}
          problemOf={problemOf}
        />
      }
      estimate={form.estimate}
      outlook={question.outlook}
      failures={question.failures}
      read={form.read}
    />
  );
}
