import { isAtLeast, type LmiImage, parseImage } from "./parse-image.ts";

/** How an LMI container generates, in the shape that `lib/wire/wire-facts.ts` reads. */
export type WireFacts = {
  release: number | null;
  mode: "rolling" | "async" | "dynamic" | null;
  engine: "vllm" | "lmi-dist" | "trtllm" | "other" | null;
  compat?: "bedrock" | "tgi";
};

export type ContainerFacts = {
  /** For people, e.g. "LMI v27 (0.36.0), vLLM async". */
  label: string;
  wire: WireFacts;
  /** The formatter the environment fixes; null leaves it to the release: json in 0.26, the request later. */
  outputFormatter: string | null;
  /** Null where neither image nor environment tells. */
  sendsLogProbs: boolean | null;
  sendsAlternatives: boolean;
  acceptsMessages: boolean;
};

/**
 * What an image and its environment (`OPTION_ROLLING_BATCH`, `OPTION_ASYNC_MODE`, …, as in the LMI
 * configuration guide) tell about a container. A `serving.properties` inside model data may say otherwise and
 * cannot be seen from here.
 */
export function containerFacts(image: string, environment: Readonly<Record<string, string>>): ContainerFacts {
  const parsed = parseImage(image);
  const outputFormatter = option(environment, "output_formatter") ?? null;
  if (!parsed) {
    return {
      label: /(^|\/)djl-inference[:@]/.test(image)
        ? "LMI container of unknown version"
        : "not an LMI container",
      wire: { release: null, mode: null, engine: null },
      outputFormatter,
      sendsLogProbs: null,
      sendsAlternatives: false,
      acceptsMessages: false,
    };
  }
  const rolling = option(environment, "rolling_batch")?.toLowerCase();
  const asksAsync = option(environment, "async_mode")?.toLowerCase() === "true";
  const plain = wireFacts(parsed, rolling, asksAsync);
  const compat = compatOf(plain, environment);
  const wire = compat === undefined ? plain : { ...plain, compat };
  const name = parsed.release ? `LMI ${parsed.release}` : "LMI";
  return {
    label: `${name} (${parsed.djl}), ${backendWords(parsed.family, wire, rolling)}`.replace(
      "LMI  (",
      "LMI (",
    ),
    wire,
    outputFormatter,
    sendsLogProbs: parsed.family === "neuronx" || compat === "bedrock" ? false : sendsLogProbs(wire, rolling),
    sendsAlternatives: compat !== "bedrock" && sendsAlternatives(wire),
    acceptsMessages: wire.mode !== "dynamic" && wire.mode !== null && (wire.release ?? 0) >= 27,
  };
}

function wireFacts(image: LmiImage, rolling: string | undefined, asksAsync: boolean): WireFacts {
  const release = Number(image.djl.split(".")[1]);
  switch (image.family) {
    case "vllm":
    case "rolling-batch": {
      // Unset and `auto` mean async from 0.35; before, async is a mode one asks for, with rolling batch off.
      if (image.asyncByDefault ? isUnset(rolling) || asksAsync : isAtLeast(image.djl, 33) && asksAsync)
        return { release, mode: "async", engine: "vllm" };
      return rolling === "disable"
        ? { release, mode: "dynamic", engine: "other" }
        : { release, mode: "rolling", engine: rollingEngine(release, rolling) };
    }
    case "tensorrt-llm":
      // From 0.33 the image's own service is an async one unless a rolling batch is asked for by name.
      if (isAtLeast(image.djl, 33) && (isUnset(rolling) || rolling === "disable"))
        return { release, mode: "async", engine: "trtllm" };
      return rolling === "disable"
        ? { release, mode: "dynamic", engine: "trtllm" }
        : { release, mode: "rolling", engine: "trtllm" };
    case "deepspeed":
      // The image carries LMI-Dist, vLLM and DeepSpeed. To 0.26 rolling batch is off unless it is named.
      return rolling === "disable" || (rolling === undefined && release <= 26)
        ? { release, mode: "dynamic", engine: "other" }
        : { release, mode: "rolling", engine: rollingEngine(release, rolling) };
    case "neuronx":
      // Unset means `auto` in 0.27 and from 0.30, and off in between and before.
      return rolling === "disable" || (rolling === undefined && (release <= 26 || [28, 29].includes(release)))
        ? { release, mode: "dynamic", engine: "other" }
        : { release, mode: "rolling", engine: "other" };
  }
}

/** Both are modes of rolling batch; Bedrock's shape came with 0.29, TGI's with 0.27. */
function compatOf(
  { mode, release }: WireFacts,
  environment: Readonly<Record<string, string>>,
): WireFacts["compat"] {
  if (mode !== "rolling" || release === null) return undefined;
  const isOn = (name: string) => option(environment, name)?.toLowerCase() === "true";
  if (release >= 29 && isOn("bedrock_compat")) return "bedrock";
  return release >= 27 && isOn("tgi_compat") ? "tgi" : undefined;
}

function isUnset(rolling: string | undefined): boolean {
  return rolling === undefined || rolling === "auto";
}

/** `auto` prefers LMI-Dist to 0.31 and vLLM from 0.32; from 0.33 lmi-dist is silently replaced by vLLM. */
function rollingEngine(release: number, rolling: string | undefined): WireFacts["engine"] {
  if (rolling === "vllm") return "vllm";
  if (rolling === undefined || rolling === "auto") return release >= 32 ? "vllm" : "lmi-dist";
  if (rolling === "lmi-dist") return release >= 33 ? "vllm" : "lmi-dist";
  return rolling === "trtllm" ? "trtllm" : "other";
}

/** Dynamic batching, the HF scheduler and NeuronX send none; TensorRT-LLM's async service sends nulls. */
function sendsLogProbs(wire: WireFacts, rolling: string | undefined): boolean | null {
  if (wire.mode === "dynamic" || rolling === "scheduler") return false;
  if (wire.engine === "trtllm") return wire.mode === "rolling";
  if (wire.mode !== null && (wire.engine === "vllm" || wire.engine === "lmi-dist")) return true;
  return null;
}

/** `top_n_tokens` came with 0.29 for vLLM and LMI-Dist; async has OpenAI's `logprobs` instead. */
function sendsAlternatives(wire: WireFacts): boolean {
  if (wire.mode === "async") return wire.engine === "vllm";
  return (
    wire.mode === "rolling" &&
    (wire.engine === "vllm" || wire.engine === "lmi-dist") &&
    (wire.release ?? 0) >= 29
  );
}

function backendWords(family: LmiImage["family"], wire: WireFacts, rolling: string | undefined): string {
  const engine = engineWords(family, wire, rolling);
  switch (wire.mode) {
    case "async":
      return `${engine} async`;
    case "rolling":
      return `${engine} rolling batch`;
    default:
      return engine === null ? "dynamic batching" : `${engine}, dynamic batching`;
  }
}

function engineWords(
  family: LmiImage["family"],
  wire: WireFacts,
  rolling: string | undefined,
): string | null {
  if (family === "neuronx") return "Transformers-NeuronX";
  switch (wire.engine) {
    case "vllm":
      return "vLLM";
    case "lmi-dist":
      return "LMI-Dist";
    case "trtllm":
      return "TensorRT-LLM";
    default:
      if (rolling === "deepspeed") return "DeepSpeed";
      return rolling === "scheduler" ? "Transformers scheduler" : null;
  }
}

/** LMI reads `OPTION_X` from the environment as `option.x` of serving.properties. */
function option(environment: Readonly<Record<string, string>>, name: string): string | undefined {
  return environment[`OPTION_${name.toUpperCase()}`]?.trim() || undefined;
}
