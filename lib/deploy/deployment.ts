import * as z from "zod/mini";
import type { Failure } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

/** What is done for a deployment, in this order; a step that a deployment does not need is not in its list. */
const STEP_NAMES = ["upload", "create"] as const;

const stepSchema = z.object({
  name: z.enum(STEP_NAMES),
  state: z.enum(["waiting", "running", "done", "failed"]),
  /** Epoch ms. */
  startedAt: z.nullable(z.number()),
  endedAt: z.nullable(z.number()),
  /** What came of it, in words: the object that was uploaded, the names that were made. */
  note: z.nullable(z.string()),
});

/**
 * A deployment as it is kept: what was wanted and how far it came. `running` lasts until SageMaker has accepted
 * the endpoint or component; from then on its state is SageMaker's, and `accepted` says that we did our part.
 */
export const deploymentProgressSchema = z.object({
  state: z.enum(["running", "accepted", "failed"]),
  steps: z.array(stepSchema),
  /** Bytes of the archive that were sent, of how many; null where none is needed. */
  upload: z.nullable(z.object({ sent: z.number(), total: z.number() })),
  failure: z.nullable(failureSchema),
});

export type StepName = (typeof STEP_NAMES)[number];
type DeploymentStep = z.output<typeof stepSchema>;
export type DeploymentProgress = z.output<typeof deploymentProgressSchema>;

/** A deployment that has not begun. */
export function beginProgress(steps: readonly StepName[]): DeploymentProgress {
  return {
    state: "running",
    steps: steps.map((name) => ({ name, state: "waiting", startedAt: null, endedAt: null, note: null })),
    upload: null,
    failure: null,
  };
}

/** What can happen to a deployment; `at` in epoch ms. */
export type DeploymentEvent =
  | { type: "step-start"; step: StepName; at: number }
  | { type: "upload-progress"; sent: number; total: number }
  | { type: "step-end"; step: StepName; at: number; note: string }
  | { type: "step-error"; step: StepName; at: number; failure: Failure };

/** The next state. The last step's end is the deployment's. */
export function reduceDeployment(progress: DeploymentProgress, event: DeploymentEvent): DeploymentProgress {
  switch (event.type) {
    case "step-start":
      return changeStep({ ...progress, state: "running", failure: null }, event.step, {
        state: "running",
        startedAt: event.at,
        endedAt: null,
        note: null,
      });
    case "upload-progress":
      return { ...progress, upload: { sent: event.sent, total: event.total } };
    case "step-end": {
      const next = changeStep(progress, event.step, { state: "done", endedAt: event.at, note: event.note });
      return next.steps.every(({ state }) => state === "done") ? { ...next, state: "accepted" } : next;
    }
    case "step-error": {
      const next = changeStep(progress, event.step, { state: "failed", endedAt: event.at });
      return { ...next, state: "failed", failure: event.failure };
    }
  }
}

function changeStep(
  progress: DeploymentProgress,
  name: StepName,
  change: Partial<DeploymentStep>,
): DeploymentProgress {
  return {
    ...progress,
    steps: progress.steps.map((step) => (step.name === name ? { ...step, ...change } : step)),
  };
}
