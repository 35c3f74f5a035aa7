import type { Result } from "#lib/failure.ts";
import {
  type DeploymentEvent,
  type DeploymentProgress,
  reduceDeployment,
  type StepName,
} from "./deployment.ts";

/** What a step does. It may be done again after a crash: each finds its own earlier work. */
export type StepWork = (tell: (event: DeploymentEvent) => void) => Promise<Result<string>>;

/**
 * Does the steps of a deployment that are not done, in order, and keeps each change before the next: whoever
 * takes over from a server that died begins where it was. Ends with the last state; a step that fails ends it.
 * `save` must not throw for trouble with the disk: SageMaker's answer counts more than our note of it.
 */
export async function runDeployment({
  progress: begun,
  work,
  save,
  now,
}: {
  progress: DeploymentProgress;
  work: Readonly<Partial<Record<StepName, StepWork>>>;
  save: (progress: DeploymentProgress) => Promise<void>;
  /** Epoch ms. */
  now: () => number;
}): Promise<DeploymentProgress> {
  let progress = begun;
  const apply = (event: DeploymentEvent) => {
    progress = reduceDeployment(progress, event);
  };
  for (const { name } of begun.steps.filter(({ state }) => state !== "done")) {
    const step = work[name];
    if (step === undefined) throw new Error(`a deployment has a step ${name} that nobody can do`);
    apply({ type: "step-start", step: name, at: now() });
    await save(progress);
    const result = await step(apply);
    apply(
      result.ok
        ? { type: "step-end", step: name, at: now(), note: result.value }
        : { type: "step-error", step: name, at: now(), failure: result.failure },
    );
    await save(progress);
    if (!result.ok) break;
  }
  return progress;
}
