import { BLANK_PLAN, type Plan } from "./plan.ts";

/**
 * The walk-through of LMI 0.26.0's release post: Mixtral-8x7B in the TensorRT-LLM container on eight A100. Its
 * loading timeout of two hours against a health check of half an hour is the post's own, and the pre-flight says
 * so. jsonlines is ours: without it 0.26 answers in the format that streams no details.
 */
export const GUIDED_EXAMPLE: Plan = {
  ...BLANK_PLAN,
  modelId: "mistralai/Mixtral-8x7B-v0.1",
  architecture: "mixtral",
  eraId: "lmi-0.26-0.27-april-2024",
  wish: { hardware: "gpu", task: "summarization", traffic: "even", needsLmiDistFeature: false },
  backend: "tensorrt-llm",
  framework: "djl-tensorrtllm",
  lmiVersion: "0.26.0",
  region: "us-west-2",
  properties: `engine=MPI
option.model_id=mistralai/Mixtral-8x7B-v0.1
option.tensor_parallel_degree=max
option.max_rolling_batch_size=32
option.rolling_batch=auto
option.model_loading_timeout=7200
option.output_formatter=jsonlines
`,
  carrier: "archive",
  sizing: { format: "none", context: 1_024, concurrency: 32, degree: "max" },
  instanceType: "ml.p4d.24xlarge",
  endpointName: "mixtral-8x7b-walkthrough",
  startupTimeoutSeconds: 1_800,
};
