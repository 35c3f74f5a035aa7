import catalogue from "../../lib/lmi/instances.json" with { type: "json" };
import { type Artifacts, modelIdOf, settingsOf } from "../artifacts/artifacts.ts";
import { chooseContainer } from "../container/choose-container.ts";
import { type Fault, faultOf } from "../faults/faults.ts";
import type { ContainerEnd, ContainerStart } from "./container-starts.ts";

/** A line and when it is written, in milliseconds. */
export type TimedLine = { readonly at: number; readonly message: string };

const PINGS = 6;
const STARTS = 3;
const SECRET = /token|key|secret|password/i;

/** What a container writes while it starts: what it runs, its phases, and why it fails where it does. */
export function startLines(start: ContainerStart): TimedLine[] {
  const { container, downloadsAt, startsAt, endsAt, ends } = start;
  const { image, environment, artifacts } = container;
  const settings = settingsOf(container);
  const model = modelIdOf(settings) ?? "the model in /opt/ml/model";
  const loaded = startsAt ?? endsAt;
  // SageMaker unpacks the archive before the container's first moment; what it held is read then.
  if (startsAt === undefined && artifacts !== undefined && "trouble" in artifacts) {
    const message = `[ERROR] Artifacts - ${artifacts.url}: ${artifacts.why}`;
    return [{ at: endsAt, message }];
  }
  const begin = [
    { at: downloadsAt, message: "[INFO ] ModelServer - Starting model server ..." },
    { at: downloadsAt, message: `[INFO ] ModelServer - Container image: ${image}` },
    ...Object.entries(environment).map(([name, value]) => ({
      at: downloadsAt,
      message: `[INFO ] ModelServer - Environment: ${name}=${SECRET.test(name) ? "********" : value}`,
    })),
    ...dataLines(artifacts).map((message) => ({ at: downloadsAt, message })),
    { at: downloadsAt, message: `[INFO ] LmiUtils - Downloading ${model}` },
  ];
  if (startsAt === undefined) {
    return ends === "serves" ? begin : [...begin, ...downloadFailure(start, model)];
  }
  const lines = [
    ...begin,
    { at: between(downloadsAt, loaded, 0.5), message: `[INFO ] LmiUtils - Downloading ${model}: 50 %` },
    { at: loaded, message: `[INFO ] LmiUtils - Downloaded ${model} in ${seconds(downloadsAt, loaded)} s` },
    { at: loaded, message: `[INFO ] PyModel - Starting the ${engineName(image, settings)} engine` },
  ];
  if (ends === "fails") return [...lines, ...engineFailure(start, startsAt)];
  return [
    ...lines,
    { at: between(loaded, endsAt, 0.4), message: "[INFO ] PyProcess - Loading the weights into the devices" },
    { at: endsAt, message: `[INFO ] PyModel - Engine started in ${seconds(loaded, endsAt)} s` },
    { at: endsAt, message: `[INFO ] AccessLog - "GET /ping HTTP/1.1" 200 1 ms` },
  ];
}

function dataLines(artifacts: Artifacts | undefined): string[] {
  if (artifacts === undefined || !("properties" in artifacts)) return [];
  return [
    ...Object.entries(artifacts.properties).map(
      ([name, value]) =>
        `[INFO ] ModelInfo - serving.properties: ${name}=${SECRET.test(name) ? "********" : value}`,
    ),
    ...(artifacts.hasHandler
      ? ["[WARN ] PyProcess - The sandbox runs no Python: the model.py in the model data is passed over"]
      : []),
  ];
}

/** What a container that answered writes when it breaks or is stopped. */
export function endLines({ at, why }: ContainerEnd): TimedLine[] {
  return why === "stopped"
    ? [{ at, message: "[INFO ] ModelServer - Received SIGTERM, shutting down" }]
    : [{ at, message: '[WARN ] AccessLog - "GET /ping HTTP/1.1" 503 1 ms' }];
}

function downloadFailure({ container, endsAt }: ContainerStart, model: string): TimedLine[] {
  const why: Partial<Record<Fault, string>> = {
    "model-data-broken": `Failed to unpack ${model}: tar: This does not look like a tar archive`,
    "model-data-too-large": `Failed to unpack ${model}: No space left on device`,
  };
  const missing = `Failed to download ${model}: AccessDenied: Access Denied status code: 403`;
  return [{ at: endsAt, message: `[ERROR] LmiUtils - ${why[faultOf(container) ?? "fail-ping"] ?? missing}` }];
}

function engineFailure(start: ContainerStart, startsAt: number): TimedLine[] {
  const { container, trouble, endsAt } = start;
  const { image } = container;
  if (trouble !== undefined) {
    return [{ at: startsAt, message: `[ERROR] PyProcess - ${trouble}` }, ...failedPings(startsAt, endsAt)];
  }
  const fault = faultOf(container);
  if (fault === "oom-at-start") return exits(between(startsAt, endsAt, 0.1), outOfMemory(container));
  if (fault === "process-exits") {
    return exits(between(startsAt, endsAt, 0.1), ["RuntimeError: The model process was stopped by signal 9"]);
  }
  if (fault === "cannot-start") {
    return [{ at: startsAt, message: '[ERROR] exec: "serve": executable file not found in $PATH' }];
  }
  if (fault === "crash-loop") {
    const tries = Array.from({ length: STARTS }, (_, index) => between(startsAt, endsAt, index / STARTS));
    return tries.flatMap((at, index) => [
      ...(index === 0
        ? []
        : [{ at, message: `[WARN ] ModelServer - Starting the model process again, attempt ${index + 1}` }]),
      ...exits(between(at, tries[index + 1] ?? endsAt, 0.5), [
        "RuntimeError: Engine core initialization failed. See root cause above.",
      ]),
    ]);
  }
  if (chooseContainer(image, settingsOf(container)).family === "not-lmi") {
    const message = `[ERROR] ModelServer - The sandbox runs no such image: ${image} is no LMI container, so nothing answers GET /ping on port 8080`;
    return [{ at: startsAt, message }];
  }
  return failedPings(startsAt, endsAt);
}

function failedPings(from: number, to: number): TimedLine[] {
  return Array.from({ length: PINGS }, (_, index) => ({
    at: between(from, to, (index + 1) / PINGS),
    message: '[WARN ] AccessLog - "GET /ping HTTP/1.1" 503 1 ms',
  }));
}

function exits(at: number, traceback: readonly string[]): TimedLine[] {
  const lines = ["Traceback (most recent call last):", ...traceback];
  return [
    ...lines.map((line) => ({ at, message: `[ERROR] PyProcess - W-100-model-stderr: ${line}` })),
    { at, message: "[ERROR] ModelServer - The model process exited" },
  ];
}

function outOfMemory({ instanceType }: ContainerStart["container"]): string[] {
  const row = catalogue.instances.find((candidate) => candidate.instance_type === instanceType);
  const mib = row?.memory_per_accelerator_mib_ec2;
  const total =
    typeof mib === "number" ? ` GPU 0 has a total capacity of ${(mib / 1024).toFixed(2)} GiB.` : "";
  return [
    '  File "/opt/djl/model.py", in load_model',
    `torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.${total}`,
  ];
}

function engineName(image: string, settings: Readonly<Record<string, string>>): string {
  const container = chooseContainer(image, settings);
  switch (container.family) {
    case "async":
      return container.engine === "vllm" ? "vLLM" : "TensorRT-LLM";
    case "rolling":
    case "rolling-026":
      return { vllm: "vLLM", trtllm: "TensorRT-LLM", neuron: "Neuron", "lmi-dist": "LMI-Dist" }[
        container.backend
      ];
    case "dynamic":
      return "Hugging Face Accelerate";
    default:
      return "inference";
  }
}

function between(from: number, to: number, part: number): number {
  return Math.round(from + (to - from) * part);
}

// At a scaled clock these are the seconds of the sandbox's own time, as every other moment here.
function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1);
}
