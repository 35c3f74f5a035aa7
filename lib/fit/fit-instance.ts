import type { BackendId } from "#lib/lmi/backend-id.ts";
import { INSTANCE_TYPES, type InstanceType, parallelDevices } from "#lib/lmi/instance-types.ts";
import {
  activationBytes,
  dividingDegrees,
  kvBytesPerTokenAndRank,
  type WeightFormat,
  weightsBytes,
} from "./measure-memory.ts";
import type { ModelFigures } from "./model-figures.ts";

export type FitQuestion = {
  model: ModelFigures;
  backend: BackendId;
  format: WeightFormat;
  /** Tokens of prompt and answer that one request may take. */
  context: number;
  /** Requests at once. */
  concurrency: number;
  /** "max" takes every device of the instance, or as many as divide the heads. */
  degree: number | "max";
  /** Tokens of a prefill step; default is the smaller of the context and 8,192. */
  prefillTokens?: number;
  /** Share of a device that the engine may fill; default is the back end's own. */
  utilization?: number;
  bytesPerKvValue?: number;
};

/** Parts of one device's memory, in bytes. `reserved` is what the engine leaves to others. */
export type DeviceMemory = {
  total: number;
  weights: number;
  activations: number;
  kvCache: number;
  reserved: number;
  free: number;
};

export type Fit = {
  instance: InstanceType;
  verdict: "fits" | "tight" | "too-small" | "unknown";
  /** Why, in a sentence. */
  reason: string;
  degree: number | null;
  devices: number | null;
  /** Copies of the model the instance can hold side by side. */
  copies: number | null;
  device: DeviceMemory | null;
  /** Tokens of all requests together that a copy's cache holds. */
  cacheTokens: number | null;
  /** Requests of the full context at once, in one copy. */
  maxConcurrency: number | null;
  /** US dollars per hour; null is unknown and never 0. */
  pricePerHour: number | null;
};

/** gpu_memory_utilization of vLLM and LMI-Dist is 0.9; TensorRT-LLM gives the cache 0.95 of what is left. */
const UTILIZATION: Partial<Record<BackendId, number>> = { vllm: 0.9, "lmi-dist": 0.9, "tensorrt-llm": 0.95 };
const DEFAULT_PREFILL = 8_192;
/** Below this share of the wanted cache's headroom a fit is called tight. */
const TIGHT = 0.05;
const MIB = 2 ** 20;

/** Whether and how full a model sits on an instance. Figures that are not known make the answer `unknown`. */
export function fitInstance(question: FitQuestion, instance: InstanceType): Fit {
  const devices = parallelDevices(instance);
  const total = deviceBytes(instance);
  const base = { instance, devices, pricePerHour: instance.pricePerHour };
  if (devices === null || total === null)
    return {
      ...base,
      ...nothing,
      verdict: "unknown",
      reason: "Nobody says what memory its accelerators have.",
    };
  const wrong = wrongHardware(question, instance);
  if (wrong) return { ...base, ...nothing, verdict: "too-small", reason: wrong };
  const degree = chooseDegree(question, devices);
  if (degree === null)
    return {
      ...base,
      ...nothing,
      verdict: "too-small",
      reason: `It has ${devices} devices, fewer than the degree ${question.degree}.`,
    };
  const { model, format } = question;
  const weights = weightsBytes(model, format);
  const perToken = kvBytesPerTokenAndRank(model, degree, question.bytesPerKvValue ?? 2);
  const activations = activationsOf(question, degree);
  if (weights === null || perToken === null || activations === null)
    return { ...base, ...nothing, degree, verdict: "unknown", reason: missingFigure(weights, perToken) };
  const budget = total * (question.utilization ?? UTILIZATION[question.backend] ?? 1);
  const room = budget - weights / degree - activations;
  const cacheTokens = Math.max(0, Math.floor(room / perToken));
  const wanted = question.context * question.concurrency * perToken;
  const device = {
    total,
    weights: weights / degree,
    activations,
    kvCache: wanted,
    reserved: total - budget,
    free: room - wanted,
  };
  const maxConcurrency = Math.floor(cacheTokens / question.context);
  return {
    ...base,
    degree,
    copies: Math.floor(devices / degree),
    device,
    cacheTokens,
    maxConcurrency,
    ...judge(device, question, maxConcurrency),
  };
}

/** Every hosting instance of the right kind: what fits first, cheapest known price first, unknown prices after. */
export function fitInstances(question: FitQuestion): Fit[] {
  const order = { fits: 0, tight: 1, unknown: 2, "too-small": 3 };
  return INSTANCE_TYPES.filter((type) => (type.kind === "neuron") === isNeuron(question.backend))
    .map((type) => fitInstance(question, type))
    .toSorted(
      (left, right) =>
        order[left.verdict] - order[right.verdict] ||
        (left.pricePerHour ?? Number.POSITIVE_INFINITY) - (right.pricePerHour ?? Number.POSITIVE_INFINITY) ||
        (left.device?.total ?? 0) * (left.devices ?? 0) - (right.device?.total ?? 0) * (right.devices ?? 0),
    );
}

/** The instance guide's own estimate: nominal gigabytes, all of them used. Tokens, and sequences of a length. */
export function estimateAsGuide({
  aggregateGb,
  weightsGb,
  kvGbPerToken,
  sequenceTokens,
}: {
  aggregateGb: number;
  weightsGb: number;
  kvGbPerToken: number;
  sequenceTokens: number;
}): { freeGb: number; tokens: number; batch: number } {
  const freeGb = aggregateGb - weightsGb;
  const tokens = Math.floor(freeGb / kvGbPerToken);
  return { freeGb, tokens, batch: Math.floor(tokens / sequenceTokens) };
}

const nothing = {
  degree: null,
  copies: null,
  device: null,
  cacheTokens: null,
  maxConcurrency: null,
} as const;

function deviceBytes(instance: InstanceType): number | null {
  const { memoryPerAcceleratorMib, acceleratorCount, kind } = instance;
  const devices = parallelDevices(instance);
  if (memoryPerAcceleratorMib === null || acceleratorCount === null || devices === null) return null;
  // A NeuronCore has its share of the chip's memory.
  return (
    (memoryPerAcceleratorMib * MIB * acceleratorCount) / (kind === "neuron" ? devices : acceleratorCount)
  );
}

function isNeuron(backend: BackendId): boolean {
  return backend === "transformers-neuronx";
}

function wrongHardware({ backend, format }: FitQuestion, instance: InstanceType): string | null {
  if (isNeuron(backend) && instance.kind !== "neuron")
    return "Transformers-NeuronX runs on Inferentia2 and Trainium.";
  if (isNeuron(backend) && instance.family === "inf1")
    return "Transformers-NeuronX needs Inferentia2; this is the first.";
  if (!isNeuron(backend) && instance.kind === "neuron") return "This back end needs NVIDIA GPUs.";
  return format === "fp8" && instance.hasFp8 === false ? "Its accelerators do not compute in fp8." : null;
}

function chooseDegree({ degree, model, backend }: FitQuestion, devices: number): number | null {
  if (degree !== "max") return degree <= devices ? degree : null;
  // Layers are spread over all devices without splitting heads.
  if (backend === "hf-accelerate") return devices;
  return dividingDegrees(model, devices).at(-1) ?? devices;
}

function activationsOf(question: FitQuestion, degree: number): number | null {
  const prefillTokens = question.prefillTokens ?? Math.min(question.context, DEFAULT_PREFILL);
  return activationBytes(question.model, { prefillTokens, sequences: question.concurrency, degree });
}

function missingFigure(weights: number | null, perToken: number | null): string {
  if (weights === null) return "The number of parameters is not known.";
  return perToken === null ? "Layers, heads or head size are not known." : "The hidden size is not known.";
}

function judge(
  device: DeviceMemory,
  { context, concurrency }: FitQuestion,
  maxConcurrency: number,
): Pick<Fit, "verdict" | "reason"> {
  if (device.weights + device.activations > device.total - device.reserved)
    return { verdict: "too-small", reason: "The weights alone do not fit beside the working memory." };
  if (device.free < 0)
    return {
      verdict: "too-small",
      reason: `The weights fit, but the cache holds ${maxConcurrency} requests of ${context} tokens, not ${concurrency}.`,
    };
  return device.free < TIGHT * device.total
    ? { verdict: "tight", reason: "It fits with less than 5 % of the memory to spare." }
    : { verdict: "fits", reason: `It fits; the cache could hold ${maxConcurrency} such requests.` };
}
