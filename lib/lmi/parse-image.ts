/** Which program generates, as far as an image's tag says. */
type BackendFamily = "vllm" | "rolling-batch" | "tensorrt-llm" | "deepspeed" | "neuronx";

/**
 * What the tag of an LMI image says. `release` is the LMI release ("v27"), `djl` the version of DJL Serving it
 * is built on ("0.36.0"), `backendVersion` that of the library the tag names, null where it names none.
 * `asyncByDefault`: from DJL 0.35 text generation runs in vLLM's async mode (release notes of LMI v17).
 */
export type LmiImage = {
  release: string | null;
  djl: string;
  family: BackendFamily;
  backendVersion: string | null;
  asyncByDefault: boolean;
};

/** LMI releases of the versions whose tag does not spell them (docs of each `-dlc` branch). */
const RELEASES: Record<string, string> = {
  "0.25": "v7",
  "0.26": "v8",
  "0.27": "v9",
  "0.28": "v10",
  "0.29": "v11",
  "0.30": "v12",
  "0.31": "v13",
  "0.32": "v14",
  "0.33": "v15",
  "0.34": "v16",
  "0.35": "v17",
};

/** Tag patterns of images.json; suffixes such as `-cu130` or `-v1.0` may follow. */
const TAG =
  /^(?<djl>\d+\.\d+\.\d+)-(?:lmi(?<lmi>\d+)\.\d+\.\d+|deepspeed(?<deepspeed>[\d.]+)|tensorrtllm(?<trt>[\d.]+)|neuronx-sdk(?<neuron>[\d.]+))(?:-|$)/;

/**
 * Reads an image URI, `{account}.dkr.ecr.{region}.{suffix}/djl-inference:{tag}`, from any registry: mirrors
 * keep AWS's tag. Null for an image that is not an LMI container or is pinned by digest alone.
 */
export function parseImage(uri: string): LmiImage | null {
  const tag = uri.match(/:([\w][\w.-]*)(?:@sha256:[0-9a-f]+)?$/)?.[1];
  const groups = tag?.match(TAG)?.groups;
  const djl = groups?.djl;
  if (!groups || !djl) return null;
  const minor = djl.split(".").slice(0, 2).join(".");
  const release = groups.lmi ? `v${groups.lmi}` : (RELEASES[minor] ?? null);
  const base = { release, djl };
  if (groups.lmi) {
    const asyncByDefault = isAtLeast(djl, 35);
    return {
      ...base,
      family: asyncByDefault ? "vllm" : "rolling-batch",
      backendVersion: null,
      asyncByDefault,
    };
  }
  if (groups.trt)
    return { ...base, family: "tensorrt-llm", backendVersion: groups.trt, asyncByDefault: false };
  if (groups.neuron)
    return { ...base, family: "neuronx", backendVersion: groups.neuron, asyncByDefault: false };
  return {
    ...base,
    family: "deepspeed",
    backendVersion: groups.deepspeed ?? null,
    asyncByDefault: false,
  };
}

/** Whether a DJL version 0.x.y is at least 0.`minor`; a 1.x would be newer than all of them. */
export function isAtLeast(djl: string, minor: number): boolean {
  const [major = 0, second = 0] = djl.split(".").map(Number);
  return major > 0 || second >= minor;
}
