import type { BackendId } from "#lib/lmi/backend-id.ts";
import type { Framework } from "#lib/lmi/image-uri.ts";
import { compareVersions, isVersionIn } from "#lib/lmi/versions.ts";
import { atVersion, findBackend } from "./backend-catalogue.ts";
import { AUTO_RESOLUTIONS } from "./tree-catalogue.ts";

/** The container, its properties, and the model's `config.json` as far as known: class and `model_type`. */
export type AutoQuestion = {
  version: string;
  framework: Framework;
  properties: Readonly<Record<string, string>>;
  architecture: string | null;
  modelType: string | null;
};

/** What the container makes of `rolling_batch` left out or `auto`. */
export type AutoAnswer = {
  /** The value after the server's recommender; `auto` where it leaves the choice to the handler. */
  rollingBatch: string;
  /** The scheduler that runs in the end. */
  handlerChoice: string;
  backend: BackendId;
  engine: string;
  maxRollingBatchSize: number | null;
  /** Properties the server sets by itself. */
  sets: Record<string, string>;
  warnings: string[];
  rule: string;
  source: string;
};

/** Architectures for which the handler of 0.25/0.26 picks LMI-Dist (huggingface.py). */
const AUTO_LMI_DIST = [
  "RWForCausalLM",
  "GPTNeoX",
  "T5ForConditionalGeneration",
  "Llama",
  "Falcon",
  "MPT",
  "GPTBigCode",
];

/** Follows the code of a version: LmiUtils.java to 0.26, LmiConfigRecommender.java from 0.27. Null where no rule is recorded. */
export function resolveAuto(question: AutoQuestion): AutoAnswer | null {
  const { version, framework } = question;
  const row = AUTO_RESOLUTIONS.find(
    (candidate) => candidate.container === framework && isNamed(candidate.version, version),
  );
  if (!row) return null;
  const resolved = resolveFor(question);
  const sets = { ...resolved.sets, ...loraSets(question) };
  return {
    handlerChoice: resolved.rollingBatch,
    ...resolved,
    sets,
    maxRollingBatchSize: batchOf(question, resolved.rollingBatch),
    rule: row.rule,
    source: row.source,
  };
}

type Resolved = Pick<AutoAnswer, "rollingBatch" | "backend" | "engine" | "sets" | "warnings"> & {
  handlerChoice?: string;
};

function resolveFor(question: AutoQuestion): Resolved {
  switch (question.framework) {
    case "djl-tensorrtllm":
      return resolveTensorRt(question);
    case "djl-neuronx":
      return resolveNeuron(question);
    case "djl-deepspeed":
      return isVersionIn(question.version, "-0.26.0") ? resolveHandler(question) : resolveListed(question);
    case "djl-lmi":
      return resolveLmi(question);
  }
}

function resolveHandler({ properties, architecture }: AutoQuestion): Resolved {
  const asked = properties["option.rolling_batch"];
  const engine = properties.engine ?? "Python";
  if (asked !== "auto") return plain(asked ?? "disable", engine);
  const isListed = AUTO_LMI_DIST.some((name) => architecture?.startsWith(name));
  return engine === "MPI" && isListed ? plain("lmi-dist", engine) : plain("scheduler", engine);
}

function resolveListed({ properties, modelType, version }: AutoQuestion): Resolved {
  const asked = properties["option.rolling_batch"];
  if (Number(properties.batch_size ?? "1") > 1) return plain("disable", properties.engine ?? "Python");
  if (asked !== undefined && asked !== "auto") return plain(asked, properties.engine ?? "Python");
  // To 0.29 the list spells some types with hyphens, which no configuration does.
  const listed = atVersion(findBackend("lmi-dist")?.architectures ?? {}, version)?.value.list ?? [];
  const isInternlm = modelType === "internlm" && version === "0.27.0";
  const isListed = modelType !== null && listed.includes(modelType === "gptj" ? "gpt-j" : modelType);
  if (isListed && !isInternlm) return plain("lmi-dist", "MPI");
  return {
    ...plain("auto", properties.engine ?? "Python"),
    handlerChoice: "scheduler",
    backend: "hf-accelerate",
  };
}

function resolveLmi(question: AutoQuestion): Resolved {
  const { properties, version } = question;
  const asked = properties["option.rolling_batch"];
  const isOpen = asked === undefined || asked === "auto";
  if (asked === "lmi-dist" && isVersionIn(version, "0.33.0-")) {
    return {
      ...plain("vllm", "Python"),
      sets: { "option.rolling_batch": "vllm", "option.mpi_mode": "false" },
      warnings: ["lmi-dist no longer exists and is replaced by vllm."],
    };
  }
  if (!isOpen) return plain(asked, properties.engine ?? "Python");
  if (isVersionIn(version, "0.28.0-0.29.0")) return resolveListed(question);
  if (isVersionIn(version, "0.30.0-0.32.0")) return plain("lmi-dist", "MPI");
  if (isVersionIn(version, "0.33.0-0.34.0")) return plain("vllm", "Python");
  return {
    ...plain("disable", "Python"),
    backend: "vllm",
    sets: { "option.async_mode": "true", "option.entryPoint": "djl_python.lmi_vllm.vllm_async_service" },
  };
}

function resolveTensorRt({ properties, version, modelType }: AutoQuestion): Resolved {
  const asked = properties["option.rolling_batch"];
  const isOpen = asked === undefined || asked === "auto";
  const base = { backend: "tensorrt-llm", sets: {}, warnings: [] } satisfies Partial<Resolved>;
  if (compareVersions(version, "0.33.0") >= 0 && isOpen)
    return { ...base, rollingBatch: "disable", engine: properties.engine ?? "Python" };
  if (modelType === "t5" && isVersionIn(version, "0.27.0-0.28.0")) {
    const sets: Record<string, string> = properties.batch_size === undefined ? { batch_size: "32" } : {};
    return { ...base, rollingBatch: "disable", engine: "MPI", sets };
  }
  return { ...base, rollingBatch: isOpen ? "trtllm" : asked, engine: "MPI" };
}

function resolveNeuron({ properties, version }: AutoQuestion): Resolved {
  const asked = properties["option.rolling_batch"];
  const size = Number(properties["option.max_rolling_batch_size"] ?? "32");
  const base = {
    backend: "transformers-neuronx",
    engine: "Python",
    sets: {},
    warnings: [],
  } satisfies Partial<Resolved>;
  if (asked !== undefined && asked !== "auto") return { ...base, rollingBatch: asked };
  if (isVersionIn(version, "0.30.0-")) return { ...base, rollingBatch: size >= 12 ? "vllm" : "tnx" };
  return { ...base, rollingBatch: asked === undefined ? "disable" : "tnx" };
}

/** Adapters want one worker on one set of accelerators (LmiConfigRecommender.java, 0.31 on). */
function loraSets({ properties, version }: AutoQuestion): Record<string, string> {
  const isOn = properties["option.enable_lora"]?.toLowerCase() === "true";
  return isOn && isVersionIn(version, "0.31.0-") ? { load_on_devices: "0", maxWorkers: "1" } : {};
}

function batchOf({ properties, version }: AutoQuestion, rolling: string): number | null {
  const given = properties["option.max_rolling_batch_size"];
  if (given !== undefined) return Number(given);
  const isWide = ["lmi-dist", "vllm", "trtllm"].includes(rolling);
  if (isVersionIn(version, "0.28.0-")) return isWide ? 256 : 32;
  if (version === "0.27.0") {
    if (rolling === "trtllm") return properties["option.max_num_tokens"] === undefined ? 32 : 256;
    return isWide ? 256 : 32;
  }
  return rolling === "deepspeed" ? 4 : 32;
}

function plain(rollingBatch: string, engine: string): Resolved {
  const backends: Readonly<Record<string, BackendId>> = {
    "lmi-dist": "lmi-dist",
    vllm: "vllm",
    deepspeed: "deepspeed",
    trtllm: "tensorrt-llm",
  };
  return { rollingBatch, engine, backend: backends[rollingBatch] ?? "hf-accelerate", sets: {}, warnings: [] };
}

/** "0.25.0/0.26.0" names two versions, "0.30.0-0.32.0" a range. */
function isNamed(versions: string, version: string): boolean {
  return versions.includes("/") ? versions.split("/").includes(version) : isVersionIn(version, versions);
}

/** engine=DeepSpeed spelled out (backends.json, engine_aliases); other properties as they are. */
export function expandEngine(properties: Readonly<Record<string, string>>): Record<string, string> {
  if (properties.engine !== "DeepSpeed") return { ...properties };
  return {
    ...properties,
    engine: "Python",
    "option.mpi_mode": "true",
    "option.entryPoint": "djl_python.deepspeed",
  };
}
