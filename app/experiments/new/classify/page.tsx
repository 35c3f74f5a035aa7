import type { Metadata } from "next";
import { deleteTemplate, saveTemplate } from "#app/playground/actions.ts";
import { NewClassification } from "#components/classify/new-classification.tsx";
import { NewExperimentFrame } from "#components/experiments/new-experiment-frame.tsx";

export const metadata: Metadata = { title: "Classify" };

export default function Page() {
  return (
    <NewExperimentFrame about="Labelled texts, one request each: how often the labels agree, and what the probabilities are worth.">
      <NewClassification templates={{ save: saveTemplate, remove: deleteTemplate }} />
    </NewExperimentFrame>
  );
}
