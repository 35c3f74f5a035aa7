import { compareVersions } from "#lib/lmi/versions.ts";
import { changeProperties } from "./change-properties.ts";
import { listEntries, type PropertiesFile, readProperties } from "./parse-properties.ts";

/** `name` is the variable, `key` the entry of `serving.properties` it stands for. */
type Pairing = { name: string; key: string };

/** Docs of 0.25 to 0.28 set the engine so; OPTION_ENGINE is read from 0.27 (ModelInfo.java). */
const LOAD_MODELS = /^test::(?<engine>\w+)=\/opt\/ml\/model$/;

/** Short names that the starting guide documents, weaker than OPTION_ ones. `since` is the first version. */
const SHORT_NAMES: readonly (Pairing & { since: string; until?: string })[] = [
  { name: "HF_MODEL_ID", key: "option.model_id", since: "0.26.0" },
  { name: "HF_REVISION", key: "option.revision", since: "0.27.0" },
  { name: "HF_MODEL_REVISION", key: "option.revision", since: "0.26.0", until: "0.26.0" },
  { name: "HF_TASK", key: "option.task", since: "0.26.0" },
  { name: "HF_MODEL_TRUST_REMOTE_CODE", key: "option.trust_remote_code", since: "0.27.0" },
  { name: "HF_TRUST_REMOTE_CODE", key: "option.trust_remote_code", since: "0.25.0", until: "0.26.0" },
  { name: "TENSOR_PARALLEL_DEGREE", key: "option.tensor_parallel_degree", since: "0.25.0" },
  { name: "PIPELINE_PARALLEL_DEGREE", key: "option.pipeline_parallel_degree", since: "0.29.0" },
  { name: "MAX_BATCH_SIZE", key: "option.max_rolling_batch_size", since: "0.27.0" },
  { name: "MAX_CONCURRENT_REQUESTS", key: "job_queue_size", since: "0.27.0" },
  { name: "HF_MODEL_QUANTIZE", key: "option.quantize", since: "0.27.0" },
  { name: "MAX_BATCH_PREFILL_TOKENS", key: "option.max_rolling_batch_prefill_tokens", since: "0.27.0" },
  { name: "SM_NUM_GPUS", key: "option.tensor_parallel_degree", since: "0.27.0" },
  { name: "MODEL_LOADING_TIMEOUT", key: "option.model_loading_timeout", since: "0.25.0" },
  { name: "PREDICT_TIMEOUT", key: "option.predict_timeout", since: "0.25.0" },
  { name: "SAGEMAKER_STARTUP_TIMEOUT", key: "option.model_loading_timeout", since: "0.35.0" },
  { name: "SAGEMAKER_MODEL_SERVER_TIMEOUT_SECONDS", key: "option.predict_timeout", since: "0.35.0" },
];

export type RenderedEnvironment = {
  environment: Record<string, string>;
  /** What no variable of this version can say, each with the reason. */
  lost: { key: string; value: string; why: string }[];
};

/**
 * A `serving.properties` as environment variables of a version: `option.x` is OPTION_X, a server key is
 * SERVING_X. Comments, order and repetitions cannot travel; `applyEnvironment` brings changes back without
 * losing them.
 */
export function renderEnvironment(file: PropertiesFile, version: string): RenderedEnvironment {
  const environment: Record<string, string> = {};
  const lost: RenderedEnvironment["lost"] = [];
  for (const { key, value } of listEntries(file)) {
    const name = environmentName(key, version);
    if (value === "") lost.push({ key, value, why: "The server ignores an empty variable." });
    else if (name === null)
      lost.push({
        key,
        value,
        why: `LMI ${version} turns the names of variables into small letters, so none can mean ${key}.`,
      });
    else if (key === "engine" && name === "SERVING_LOAD_MODELS") {
      environment[name] = `test::${value}=/opt/ml/model`;
    } else environment[name] = value;
  }
  return { environment, lost };
}

/** The variable that stands for a key of `serving.properties`; null where the version has none. */
export function environmentName(key: string, version: string): string | null {
  if (key === "engine") return isAtLeast(version, "0.27.0") ? "OPTION_ENGINE" : "SERVING_LOAD_MODELS";
  if (!key.startsWith("option.")) return `SERVING_${snake(key)}`;
  const option = key.slice("option.".length);
  // ModelInfo.java gives this one key its capital back.
  if (option === "entryPoint") return "OPTION_ENTRYPOINT";
  if (option === option.toLowerCase() && /^[a-z0-9_]+$/.test(option)) return `OPTION_${option.toUpperCase()}`;
  // From 0.28 a suffix that is not all capitals is kept as it is written.
  return isAtLeast(version, "0.28.0") ? `OPTION_${option}` : null;
}

export type ReadEnvironment = {
  /** Keys of `serving.properties` that the variables set. */
  properties: Record<string, string>;
  /** Which variable each of them came from. */
  origins: Record<string, string>;
  /** Variables that are no option, such as HF_TOKEN. */
  others: Record<string, string>;
};

/**
 * Reads variables as a version does: OPTION_ and SERVING_ names first, then the short names and TGI's.
 * `framework` is asked for by one alias alone, whose memory fraction means another option in TensorRT-LLM.
 */
export function parseEnvironment(
  environment: Readonly<Record<string, string>>,
  version: string,
  framework?: string,
): ReadEnvironment {
  const properties: Record<string, string> = {};
  const origins: Record<string, string> = {};
  const others: Record<string, string> = {};
  const assign = (key: string, value: string, name: string) => {
    if (value === "" || Object.hasOwn(properties, key)) return;
    properties[key] = value;
    origins[key] = name;
  };
  for (const [name, value] of Object.entries(environment)) {
    const engine = name === "SERVING_LOAD_MODELS" ? value.match(LOAD_MODELS)?.groups?.engine : undefined;
    if (engine) assign("engine", engine, name);
    else if (name.startsWith("OPTION_")) assign(keyOfOption(name.slice(7), version), value, name);
    else if (name.startsWith("SERVING_")) assign(keyOfServer(name.slice(8)), value, name);
  }
  for (const [name, value] of Object.entries(environment)) {
    if (/^(OPTION|SERVING)_/.test(name)) continue;
    const short = SHORT_NAMES.find(
      (row) =>
        row.name === name &&
        isAtLeast(version, row.since) &&
        (row.until === undefined || compareVersions(version, row.until) <= 0),
    );
    if (short) assign(short.key, value, name);
    else if (!readsAlias({ name, value, version, framework, assign })) others[name] = value;
  }
  return { properties, origins, others };
}

/** What a container runs with when it has both: the file wins over OPTION_ variables (putIfAbsent). */
export function effectiveProperties(
  file: PropertiesFile,
  environment: Readonly<Record<string, string>>,
  version: string,
): Record<string, string> {
  return { ...parseEnvironment(environment, version).properties, ...readProperties(file) };
}

/**
 * Brings variables that were edited back into the file they were rendered from: values change in place, new
 * keys come last, keys without a variable go. Comments, order and what no variable can say stay.
 */
export function applyEnvironment(
  file: PropertiesFile,
  environment: Readonly<Record<string, string>>,
  version: string,
): PropertiesFile {
  const { properties } = parseEnvironment(environment, version);
  const kept = new Set(renderEnvironment(file, version).lost.map(({ key }) => key));
  const changes: Record<string, string | null> = { ...properties };
  for (const { key } of listEntries(file)) {
    if (!Object.hasOwn(properties, key) && !kept.has(key)) changes[key] = null;
  }
  return changeProperties(file, changes);
}

function keyOfOption(suffix: string, version: string): string {
  if (suffix === "ENGINE") return "engine";
  const lowers = !isAtLeast(version, "0.28.0") || /^[A-Z0-9_]+$/.test(suffix);
  const option = lowers ? suffix.toLowerCase() : suffix;
  return `option.${option === "entrypoint" ? "entryPoint" : option}`;
}

function keyOfServer(suffix: string): string {
  const key = suffix.toLowerCase();
  const camel: Readonly<Record<string, string>> = {
    min_workers: "minWorkers",
    max_workers: "maxWorkers",
    translatorfactory: "translatorFactory",
    translator_factory: "translatorFactory",
  };
  return key
    .replace(/^(gpu|cpu)_/, "$1.")
    .replace(/(min_workers|max_workers|translator_?factory)$/, (word) => camel[word] ?? word);
}

/** The two aliases that change their value: CUDA graphs are the negation, memory belongs to the engine. */
function readsAlias({
  name,
  value,
  version,
  framework,
  assign,
}: {
  name: string;
  value: string;
  version: string;
  framework: string | undefined;
  assign: (key: string, value: string, name: string) => void;
}): boolean {
  if (!isAtLeast(version, "0.28.0")) return false;
  if (name === "ENABLE_CUDA_GRAPHS") {
    assign("option.enforce_eager", String(value.toLowerCase() !== "true"), name);
    return true;
  }
  if (name === "CUDA_MEMORY_FRACTION") {
    const isTensorRt = framework === "djl-tensorrtllm";
    assign(
      isTensorRt ? "option.kv_cache_free_gpu_mem_fraction" : "option.gpu_memory_utilization",
      value,
      name,
    );
    return true;
  }
  return false;
}

function snake(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(".", "_")
    .toUpperCase();
}

function isAtLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}
