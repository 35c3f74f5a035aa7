import type { Result } from "#lib/failure.ts";
import { type Framework, imageUri } from "./image-uri.ts";

export type ModelPreset = {
  id: string;
  title: string;
  description: string;
  framework: Framework;
  version: string;
  /** A build other than the registry's for that version. */
  tag?: string;
  environment: Readonly<Record<string, string>>;
  instanceType: string;
  instanceCount: number;
  /** ContainerStartupHealthCheckTimeoutInSeconds, at most 3,600. */
  startupTimeoutSeconds: number;
  /** Variables the person has to fill in, with what goes there. */
  wanted: readonly { name: string; hint: string }[];
  /** Runs the small demonstration model that comes with Sagescope; nothing else serves it. */
  isDemonstration: boolean;
};

const HF_TOKEN = {
  name: "HF_TOKEN",
  hint: "An access token of an account that has accepted the model's licence.",
} as const;

/** The walk-through of LMI 0.26.0: MPI, all accelerators, 32 requests in a batch, two hours to load. */
const TENSORRT_026 = {
  // OPTION_ENGINE exists from 0.27; in 0.26 the engine is part of the load instruction.
  SERVING_LOAD_MODELS: "test::MPI=/opt/ml/model",
  OPTION_TENSOR_PARALLEL_DEGREE: "max",
  OPTION_MAX_ROLLING_BATCH_SIZE: "32",
  OPTION_ROLLING_BATCH: "auto",
  OPTION_MODEL_LOADING_TIMEOUT: "7200",
  OPTION_OUTPUT_FORMATTER: "jsonlines",
} as const;

/** Ways to start that are known to fit together; the form is filled from a row and stays editable. */
export const MODEL_PRESETS: readonly ModelPreset[] = [
  {
    id: "demo-vllm-async",
    title: "Demonstration model, vLLM async",
    description: "The small model that comes with Sagescope, in the newest LMI container.",
    framework: "djl-lmi",
    version: "0.36.0",
    environment: { HF_MODEL_ID: "sagescope/demo" },
    instanceType: "ml.g5.xlarge",
    instanceCount: 1,
    startupTimeoutSeconds: 900,
    wanted: [],
    isDemonstration: true,
  },
  {
    id: "demo-lmi-026",
    title: "Demonstration model, LMI 0.26.0",
    description: "The same model in the container of January 2024: vLLM rolling batch, JSON lines.",
    framework: "djl-deepspeed",
    version: "0.26.0",
    environment: {
      HF_MODEL_ID: "sagescope/demo",
      OPTION_ROLLING_BATCH: "vllm",
      OPTION_OUTPUT_FORMATTER: "jsonlines",
    },
    instanceType: "ml.g5.2xlarge",
    instanceCount: 1,
    startupTimeoutSeconds: 900,
    wanted: [],
    isDemonstration: true,
  },
  {
    id: "llama-31-8b-vllm",
    title: "Llama 3.1 8B Instruct, vLLM async",
    description: "Sixteen gigabytes of weights in bf16 on one L40S, with room for long contexts.",
    framework: "djl-lmi",
    version: "0.36.0",
    environment: {
      HF_MODEL_ID: "meta-llama/Llama-3.1-8B-Instruct",
      OPTION_MAX_MODEL_LEN: "32768",
    },
    instanceType: "ml.g6e.xlarge",
    instanceCount: 1,
    startupTimeoutSeconds: 1_800,
    wanted: [HF_TOKEN],
    isDemonstration: false,
  },
  {
    id: "mistral-7b-tensorrt-llm",
    title: "Mistral 7B, TensorRT-LLM 0.26.0",
    description: "Compiled into an engine while the container starts, which adds minutes.",
    framework: "djl-tensorrtllm",
    version: "0.26.0",
    environment: { OPTION_MODEL_ID: "mistralai/Mistral-7B-v0.1", ...TENSORRT_026 },
    instanceType: "ml.g5.12xlarge",
    instanceCount: 1,
    startupTimeoutSeconds: 1_800,
    wanted: [],
    isDemonstration: false,
  },
  {
    id: "mixtral-8x7b-tensorrt-llm",
    title: "Mixtral 8x7B, TensorRT-LLM 0.26.0",
    description: "Ninety-three gigabytes of weights over eight A100, as in the walk-through of LMI 0.26.0.",
    framework: "djl-tensorrtllm",
    version: "0.26.0",
    environment: { OPTION_MODEL_ID: "mistralai/Mixtral-8x7B-v0.1", ...TENSORRT_026 },
    instanceType: "ml.p4d.24xlarge",
    instanceCount: 1,
    startupTimeoutSeconds: 1_800,
    wanted: [],
    isDemonstration: false,
  },
];

/** The preset's image in a region, or why that region has none. */
export function presetImage(preset: ModelPreset, region: string): Result<string> {
  const { framework, version, tag } = preset;
  return imageUri({ framework, version, region, ...(tag ? { tag } : {}) });
}

/** Which presets can be started in a region: each with its image, or with the reason why not. */
export function presetsIn(region: string): { preset: ModelPreset; image: Result<string> }[] {
  return MODEL_PRESETS.map((preset) => ({ preset, image: presetImage(preset, region) }));
}
