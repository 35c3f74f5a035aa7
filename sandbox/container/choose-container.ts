import { plainName } from "./rolling/plain-name.ts";

/** The container behaviour that an image and its environment select. */
export type Container =
  | {
      family: "rolling-026";
      backend: "vllm" | "lmi-dist" | "trtllm";
      formatter: "json" | "jsonlines";
      buffer: number;
    }
  | {
      family: "rolling";
      minor: number;
      lmi: number;
      backend: "vllm" | "trtllm" | "neuron";
      formatter: "json" | "jsonlines" | "sse" | undefined;
      tgi: boolean;
      bedrock: boolean;
      /** Whether vLLM parses the model's reasoning out of its chat answers. */
      reasoning: boolean;
    }
  | { family: "async"; lmi: number; engine: "vllm" | "trtllm" }
  /** Rolling batch off and no async mode: Hugging Face's pipeline. */
  | { family: "dynamic"; minor: number; streaming: boolean }
  /** An LMI container that exists and is not imitated here. */
  | { family: "unknown-lmi"; reason: string }
  | { family: "not-lmi" };

type Backend = Extract<Container, { family: "rolling" }>["backend"];
type Rolling026 = Extract<Container, { family: "rolling-026" }>;

const FLAVOURS: Record<string, Backend> = {
  lmi: "vllm",
  deepspeed: "vllm",
  tensorrtllm: "trtllm",
  neuronx: "neuron",
};

/** The values of OPTION_ROLLING_BATCH that lead to a flavour's own back end; lmi-dist writes as vLLM does. */
const ROLLING: Record<Backend, readonly string[]> = {
  vllm: ["auto", "vllm", "lmi-dist"],
  trtllm: ["auto", "trtllm"],
  neuron: ["auto", "vllm", "tnx"],
};

const IMAGE = /(?:^|\/)djl-inference:0\.(\d+)\.\d+-([a-z]+)(\d+)?/;

/** Reads image and environment as LMI does; environment names are those of the container (`OPTION_…`). */
export function chooseContainer(image: string, environment: Readonly<Record<string, string>>): Container {
  const match = IMAGE.exec(image);
  if (match === null) {
    return { family: "not-lmi" };
  }
  const minor = Number(match[1]);
  const kind = match[2] ?? "";
  const rolling = environment.OPTION_ROLLING_BATCH;
  // The tag names the flavour: up to 0.27 the general one was called deepspeed.
  const flavour = FLAVOURS[kind];
  if (flavour === undefined || (minor === 26 && flavour === "neuron")) {
    return unknown(`the ${kind} flavour of LMI 0.${minor}`);
  }
  const lmi = lmiRelease(minor, kind === "lmi" ? match[3] : undefined);
  if (minor >= 33 && flavour !== "neuron" && isAsync(minor, flavour, rolling, environment)) {
    return { family: "async", lmi, engine: flavour };
  }
  if (isOff(minor, flavour, rolling) && flavour === "vllm" && minor <= 36) {
    const streaming = environment.OPTION_ENABLE_STREAMING ?? "false";
    return { family: "dynamic", minor, streaming: isTrue(streaming) || streaming === "huggingface" };
  }
  if (minor === 26) {
    return chooseRolling026(flavour, rolling, environment);
  }
  if (minor >= 27 && minor <= 36) {
    return chooseRolling({ minor, lmi, backend: flavour }, rolling, environment);
  }
  return unknown(`LMI 0.${minor}${rolling === undefined ? "" : ` with OPTION_ROLLING_BATCH=${rolling}`}`);
}

/** Whether the engine's own asynchronous service answers, in 0.33 and later. */
function isAsync(
  minor: number,
  flavour: Exclude<Backend, "neuron">,
  rolling: string | undefined,
  environment: Readonly<Record<string, string>>,
): boolean {
  const open = rolling === undefined || rolling === "auto";
  // Where LMI decides it says so itself, whatever was asked for (LmiConfigRecommender.java).
  if (flavour === "vllm" ? minor >= 35 && open : open || rolling === "disable") return true;
  return isTrue(environment.OPTION_ASYNC_MODE);
}

/** Whether no rolling batch runs: asked for, or what nothing means in this release. */
function isOff(minor: number, flavour: Backend, rolling: string | undefined): boolean {
  if (rolling !== undefined) return rolling === "disable";
  return flavour === "vllm" ? minor <= 26 : flavour === "neuron" && (minor === 28 || minor === 29);
}

/** What runs in 0.26 where nothing or `auto` is asked for, and what may be asked for by name. */
const ROLLING_026: Record<Backend, readonly Rolling026["backend"][]> = {
  vllm: ["lmi-dist", "vllm"],
  trtllm: ["trtllm"],
  neuron: [],
};

function chooseRolling026(
  flavour: Backend,
  rolling: string | undefined,
  environment: Readonly<Record<string, string>>,
): Container {
  const [standard, ...others] = ROLLING_026[flavour];
  const backend =
    rolling === undefined || rolling === "auto"
      ? standard
      : [standard, ...others].find((name) => name === rolling);
  const formatter = environment.OPTION_OUTPUT_FORMATTER ?? "json";
  if (backend === undefined) {
    return unknown(`LMI 0.26 with OPTION_ROLLING_BATCH=${rolling}`);
  }
  if (formatter !== "json" && formatter !== "jsonlines") {
    return unknown(`LMI 0.26 with OPTION_OUTPUT_FORMATTER=${formatter}`);
  }
  const buffer = Number(environment.SERVING_ROLLING_BATCH_BUFFER ?? 4);
  return { family: "rolling-026", backend, formatter, buffer: buffer >= 1 ? Math.floor(buffer) : 4 };
}

function chooseRolling(
  release: { minor: number; lmi: number; backend: Backend },
  rolling: string | undefined,
  environment: Readonly<Record<string, string>>,
): Container {
  const { minor, backend } = release;
  const bedrock = isTrue(environment.OPTION_BEDROCK_COMPAT) && minor >= 29;
  const asked = environment.OPTION_OUTPUT_FORMATTER;
  const formatter = asked === undefined ? undefined : plainName(minor, asked);
  if (rolling !== undefined && !ROLLING[backend].includes(rolling)) {
    return unknown(`LMI 0.${minor} with OPTION_ROLLING_BATCH=${rolling}`);
  }
  if (asked !== undefined && formatter === undefined) {
    return unknown(`LMI 0.${minor} with OPTION_OUTPUT_FORMATTER=${asked}`);
  }
  if (isOff(minor, backend, rolling)) return unknown(`LMI 0.${minor} without a rolling batch`);
  const tgi = isTrue(environment.OPTION_TGI_COMPAT);
  const reasoning = minor >= 32 && backend === "vllm" && environment.OPTION_REASONING_PARSER !== undefined;
  return { family: "rolling", ...release, formatter, tgi, bedrock, reasoning };
}

function lmiRelease(minor: number, fromTag: string | undefined): number {
  // 0.33 is v15; from 0.36 on the version no longer says it, only the tag does.
  return fromTag === undefined ? minor - 18 : Number(fromTag);
}

function unknown(reason: string): Container {
  return { family: "unknown-lmi", reason };
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
