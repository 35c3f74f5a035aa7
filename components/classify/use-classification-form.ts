"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useQuestionForm } from "#components/experiments/use-question-form.ts";
import { useDraft } from "#components/playground/use-draft.ts";
import { exampleTable } from "#lib/classify/example-table.ts";
import { namesIn } from "#lib/classify/labelled-rows.ts";
import { readTable } from "#lib/classify/read-table.ts";
import { buildClassification } from "#lib/experiment/build-classification.ts";
import { estimateExperiment } from "#lib/experiment/estimate.ts";
import { type ClassifySpec, requestsOf } from "#lib/experiment/experiment-spec.ts";

const EXAMPLE_PROMPT = "Review: {{text}}\nSentiment:";
const EXAMPLE_LABELS = "positive\nnegative";

const settings = {
  textColumn: parseAsString.withDefault(""),
  labelColumn: parseAsString.withDefault(""),
  scoring: parseAsStringLiteral(["alternatives", "forced"]).withDefault("alternatives"),
  anyCase: parseAsBoolean.withDefault(true),
  anyLead: parseAsBoolean.withDefault(true),
  chat: parseAsBoolean.withDefault(false),
  tokens: parseAsString.withDefault("8"),
  rowsAtOnce: parseAsString.withDefault(""),
  split: parseAsString.withDefault("1"),
};

/** The form of a classification. Texts are drafts of the browser, choices stand in the address. */
export function useClassificationForm() {
  const question = useQuestionForm();
  const [chosen, choose] = useQueryStates(settings, { history: "replace" });
  const [csv, setCsv] = useDraft("table");
  const [labels, setLabels] = useDraft("labels");
  const [prompt, setPrompt] = useDraft("classifyPrompt");
  const table = useMemo(() => readTable(csv), [csv]);
  const names = table.ok ? table.value.columns : [];
  const columns = {
    text: names.includes(chosen.textColumn)
      ? chosen.textColumn
      : guess(names, /text|review|sentence|comment|input/i, 0),
    label: names.includes(chosen.labelColumn)
      ? chosen.labelColumn
      : guess(names, /label|class|category|sentiment|target/i, names.length - 1),
  };
  const { endpoint, suggested, manner, outlook, setFailures } = question;
  const draft = {
    endpointName: endpoint,
    prompt,
    table,
    columns,
    labels,
    rule: { anyCase: chosen.anyCase, anyLead: chosen.anyLead },
    scoring: chosen.scoring,
    asChat: chosen.chat,
    maxNewTokens: chosen.tokens,
    concurrency: chosen.rowsAtOnce === "" ? String(suggested) : chosen.rowsAtOnce,
    seed: chosen.split,
  };
  const built = buildClassification(draft);

  /** Whatever is changed, what was said of the form before is no longer said. */
  function changing<Value>(change: (value: Value) => void): (value: Value) => void {
    return (value) => {
      setFailures([]);
      change(value);
    };
  }

  return {
    question,
    draft,
    csv,
    setCsv: changing(setCsv),
    setLabels: changing(setLabels),
    setPrompt: changing(setPrompt),
    choose: changing((change: Partial<typeof chosen>) => void choose(change)),
    /** The names that stand in the label's column. */
    foundLabels: table.ok ? namesIn(table.value, columns.label) : [],
    useExample: changing(() => {
      setCsv(exampleTable());
      setLabels(EXAMPLE_LABELS);
      setPrompt(EXAMPLE_PROMPT);
      void choose({ textColumn: "text", labelColumn: "label", chat: false });
    }),
    /** The spec as far as it is one; its failures are said when it is to begin. */
    built,
    estimate: built.ok
      ? estimateExperiment({
          spec: built.value,
          cells: requestsOf(built.value),
          manner,
          pace: outlook?.pace ?? null,
          pricePerHour: outlook?.pricePerHour ?? null,
        })
      : null,
    read(): ClassifySpec | null {
      setFailures(built.ok ? [] : built.failures);
      return built.ok ? built.value : null;
    },
  };
}

function guess(names: readonly string[], like: RegExp, otherwise: number): string {
  return names.find((name) => like.test(name)) ?? names[otherwise] ?? "";
}
