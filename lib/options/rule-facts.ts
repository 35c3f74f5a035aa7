import { BACKEND_IDS, type BackendId } from "#lib/lmi/backend-id.ts";
import { type InstanceType, parallelDevices } from "#lib/lmi/instance-types.ts";

/** What rules may ask about where an instance's figures are known. */
export type InstanceFacts = {
  name: string;
  family: string;
  /** Devices that tensor parallelism counts: GPUs, or NeuronCores on Inferentia and Trainium. */
  devices: number | null;
  hasBf16: boolean | null;
  hasFp8: boolean | null;
};

/** An instance of the catalogue as rules see it. */
export function instanceFacts(type: InstanceType): InstanceFacts {
  const { name, family, hasBf16, hasFp8 } = type;
  return { name, family, devices: parallelDevices(type), hasBf16, hasFp8 };
}

/** Where a `serving.properties` will run. Null means not known, and then no rule fires on it. */
export type OptionContext = {
  version: string;
  backend: BackendId;
  /** Architecture in the catalogue's spelling, e.g. "llama", "gpt-neox". */
  architecture?: string | null;
  instance?: InstanceFacts | null;
  /** ContainerStartupHealthCheckTimeoutInSeconds of the variant. */
  startupTimeoutSeconds?: number | null;
};

/** The properties with the questions that handlers ask of them. */
export type RuleFacts = OptionContext & {
  get: (key: string) => string | null;
  number: (key: string) => number | null;
  isTrue: (key: string) => boolean;
  engine: string | null;
  /** Processes under mpirun: engine MPI or DeepSpeed, or Python with `option.mpi_mode=true`. */
  isMpi: boolean;
};

export function readFacts(properties: Readonly<Record<string, string>>, context: OptionContext): RuleFacts {
  const get = (key: string) => properties[key]?.trim() || null;
  const number = (key: string) => {
    const written = get(key);
    return written !== null && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : null;
  };
  const isTrue = (key: string) => get(key)?.toLowerCase() === "true";
  const engine = get("engine");
  return {
    ...context,
    get,
    number,
    isTrue,
    engine,
    isMpi: engine === "MPI" || engine === "DeepSpeed" || isTrue("option.mpi_mode"),
  };
}

/** The back end that a file asks for by itself; null where it leaves the choice to the container. */
export function backendOf(properties: Readonly<Record<string, string>>): BackendId | null {
  const rolling = properties["option.rolling_batch"]?.trim();
  const entry = properties["option.entryPoint"] ?? "";
  if (properties.engine === "DeepSpeed" || entry === "djl_python.deepspeed" || rolling === "deepspeed")
    return "deepspeed";
  if (entry.includes("neuronx") || rolling === "tnx") return "transformers-neuronx";
  if (entry.includes("tensorrt") || entry.includes("trtllm") || rolling === "trtllm") return "tensorrt-llm";
  if (entry.includes("lmi_vllm")) return "vllm";
  if (rolling === "scheduler") return "hf-accelerate";
  return BACKEND_IDS.find((id) => id === rolling) ?? null;
}
