import { type ArtifactTrouble, modelIdOf, settingsOf } from "../artifacts/artifacts.ts";
import { chooseContainer } from "../container/choose-container.ts";
import type { EngineState } from "../engine/engines.ts";
import { faultOf } from "../faults/faults.ts";
import { isJsonObject, type JsonObject, numberAt } from "../json.ts";
import type { VariantRecord } from "../state/records.ts";
import type { Scope } from "./scope.ts";
import type { Failure, Outcome } from "./timeline.ts";

// With default time-outs AWS gives up on a container that never answers after about 25 minutes.
const PING_SECONDS = 1500;
const CAPACITY_SECONDS = 900;
// What is checked before a machine starts fails early.
const LOOKUP_SECONDS = 240;
// A model process that exits: 648 s and 789 s were seen.
const EXIT_SECONDS = 700;
// No container is started for an image the sandbox cannot imitate, so there is nothing to wait for.
const REFUSED_SECONDS = 60;
const STARTS = 3;
const STARTUP_TIMEOUT = 500;

/** What is started: a variant of an endpoint or an inference component, with how its container is called. */
export type Started = Pick<VariantRecord, "image" | "environment" | "artifacts" | "fault"> & {
  /** As in `production variant v1`. */
  readonly what: string;
  /** Where the start-up parameters stand. */
  readonly input: JsonObject;
};

const NO_CAPACITY =
  "Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. Please retry using a different ML instance type or after some time.";

/** The failure of a request for machines that are not to be had. */
export function withoutCapacity(afterSeconds = CAPACITY_SECONDS): Outcome {
  return failed("capacity", afterSeconds, NO_CAPACITY);
}

/** How the start of these containers ends, with AWS's `FailureReason` where it fails; the first failure decides. */
export function decideOutcome(started: readonly Started[], engineState: Scope["engineState"]): Outcome {
  for (const one of started) {
    const outcome = outcomeOf(one, engineState(one.environment));
    if (outcome.ends === "failed") return outcome;
  }
  return { ends: "in-service" };
}

function outcomeOf(started: Started, engine: EngineState): Outcome {
  const { image, artifacts, what } = started;
  const fault = failureByFault(started);
  if (fault !== undefined) return fault;
  if (artifacts !== undefined && "trouble" in artifacts) {
    return failed("download", LOOKUP_SECONDS, dataFailure(started, artifacts.trouble));
  }
  if (engine.trouble !== undefined) {
    return { ...failed("engine", PING_SECONDS, pingFailure(what)), trouble: engine.trouble };
  }
  // A genuine container behind the endpoint is what it is, whatever the image is called.
  if (engine.isContainer) return { ends: "in-service" };
  const container = chooseContainer(image, settingsOf(started));
  if (container.family === "not-lmi") return failed("engine", PING_SECONDS, pingFailure(what));
  if (container.family === "unknown-lmi") {
    return failed(
      "image",
      REFUSED_SECONDS,
      `This sandbox does not emulate ${container.reason} yet, so ${what} was not started. See sandbox/README.md for the containers it emulates.`,
    );
  }
  return { ends: "in-service" };
}

function failureByFault(started: Started): Outcome | undefined {
  const { image, what } = started;
  switch (faultOf(started)) {
    case "no-capacity":
      return withoutCapacity();
    case "fail-ping":
      return failed("engine", PING_SECONDS, pingFailure(what));
    case "crash-loop":
      return failed("engine", STARTS * startupTimeout(started.input), pingFailure(what));
    case "oom-at-start":
      return failed("engine", EXIT_SECONDS, pingFailure(what));
    case "process-exits":
      return failed(
        "engine",
        EXIT_SECONDS,
        `The primary container for ${what} could not be started: model process exited. Please check CloudWatch logs for this endpoint.`,
      );
    case "cannot-start":
      return failed(
        "engine",
        EXIT_SECONDS,
        `CannotStartContainerError. Please ensure the model container for ${what} starts correctly when invoked with 'docker run <image> serve'.`,
      );
    case "access-denied":
      return failed(
        "image",
        LOOKUP_SECONDS,
        `The role of ${what} does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage and ecr:BatchCheckLayerAvailability permissions for the image ${image}. Please ensure that the images and model packages exist, and that the execution role used to create the model has permissions to access them.`,
      );
    case "image-missing":
      return failed(
        "image",
        LOOKUP_SECONDS,
        `Requested image ${image} not found. Please ensure that the image exists and that the execution role used to create the model has permissions to access it.`,
      );
    case "model-data-missing":
      return failed("download", LOOKUP_SECONDS, dataFailure(started, "missing"));
    case "model-data-broken":
      return failed("download", LOOKUP_SECONDS, dataFailure(started, "broken"));
    case "model-data-too-large":
      return failed("download", LOOKUP_SECONDS, dataFailure(started, "too-large"));
    default:
      return undefined;
  }
}

function pingFailure(what: string): string {
  return `The primary container for ${what} did not pass the ping health check. Please check CloudWatch logs for this endpoint.`;
}

// A component keeps it among its start-up parameters, a variant beside its other members.
function startupTimeout(input: JsonObject): number {
  const parameters = input.StartupParameters;
  const place = isJsonObject(parameters) ? parameters : input;
  return numberAt(place, "ContainerStartupHealthCheckTimeoutInSeconds") ?? STARTUP_TIMEOUT;
}

/** Why the model's data cannot be used, whatever the container would make of it. */
function dataFailure(started: Started, trouble: ArtifactTrouble): string {
  const url = dataUrl(started);
  switch (trouble) {
    case "missing":
      return `Could not access model data at ${url}. Please ensure that the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in the region of the endpoint.`;
    case "broken":
      return `Failed to extract model data archive for container "primary" from URL "${url}". Please ensure that the object located at the URL is a valid tar.gz archive.`;
    case "too-large":
      return `The model data archive is too large: ${url} does not fit on the volume of ${started.what}. Please use an uncompressed model or a larger volume.`;
  }
}

// A fault may be asked for where the model names no data.
function dataUrl(started: Started): string {
  const model = modelIdOf(settingsOf(started));
  const named = model?.startsWith("s3://") ? model : undefined;
  return started.artifacts?.url ?? named ?? "s3://sagescope-models/model.tar.gz";
}

function failed(during: Failure["during"], afterSeconds: number, failureReason: string): Failure {
  return { ends: "failed", during, afterSeconds, failureReason };
}
