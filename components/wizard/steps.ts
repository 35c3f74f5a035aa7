import type { Result } from "#lib/failure.ts";
import { backendTitle } from "#lib/lmi/backend-id.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { PreflightLine } from "#lib/preflight/preflight-line.ts";

/** What the page knows of the account before anything is asked. */
export type DeployPlace = {
  region: string;
  isLocal: boolean;
  /** SageMaker's own bucket of the account and region; empty where the account is not known. */
  bucket: string;
};

export type CheckPlanAction = (
  input: unknown,
) => Promise<Result<{ lines: PreflightLine[]; pricePerHour: number | null }>>;
export type StartDeploymentAction = (input: unknown) => Promise<Result<{ id: string }>>;

export type StepProps = {
  plan: Plan;
  /** Changes some fields and leaves the others. */
  change: (patch: Partial<Plan>) => void;
  place: DeployPlace;
};

export const STEP_IDS = [
  "model",
  "task",
  "backend",
  "sizing",
  "configuration",
  "target",
  "preflight",
  "deploy",
] as const;
export type StepId = (typeof STEP_IDS)[number];

export const STEP_TITLES: Record<StepId, string> = {
  model: "Model",
  task: "Task and hardware",
  backend: "Back end",
  sizing: "Sizing",
  configuration: "Configuration",
  target: "Artefact and target",
  preflight: "Pre-flight",
  deploy: "Deploy",
};

/** What a step has settled, in a few words; empty where nothing is yet. */
export function settledBy(step: StepId, plan: Plan): string {
  switch (step) {
    case "model":
      return plan.modelId;
    case "task":
      return `${plan.wish.task}, ${plan.wish.hardware === "gpu" ? "GPU" : "Inferentia2"}`;
    case "backend":
      return `${backendTitle(plan.backend)} ${plan.lmiVersion}`;
    case "sizing":
      return plan.instanceType === ""
        ? ""
        : `${plan.sizing.context.toLocaleString("en")} tokens × ${plan.sizing.concurrency}`;
    case "configuration": {
      const options = plan.properties.split("\n").filter((line) => /^\s*[^#!\s]/.test(line)).length;
      return options === 0 ? "" : `${options} option${options === 1 ? "" : "s"}`;
    }
    case "target":
      return [plan.endpointName, plan.instanceType].filter(Boolean).join(" on ");
    default:
      return "";
  }
}
