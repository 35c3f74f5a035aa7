import type { Metadata } from "next";
import { NewExperiment } from "#components/experiments/new-experiment.tsx";
import { NewExperimentFrame } from "#components/experiments/new-experiment-frame.tsx";

export const metadata: Metadata = { title: "New experiment" };

export default function NewExperimentPage() {
  return (
    <NewExperimentFrame about="One question, asked many times.">
      <NewExperiment />
    </NewExperimentFrame>
  );
}
