/** The programs that an LMI container can generate with, by the catalogue's ids. */
export const BACKEND_IDS = [
  "lmi-dist",
  "vllm",
  "tensorrt-llm",
  "deepspeed",
  "transformers-neuronx",
  "hf-accelerate",
  "embedding",
] as const;

export type BackendId = (typeof BACKEND_IDS)[number];

const TITLES: Record<BackendId, string> = {
  "lmi-dist": "LMI-Dist",
  vllm: "vLLM",
  "tensorrt-llm": "TensorRT-LLM",
  deepspeed: "DeepSpeed",
  "transformers-neuronx": "Transformers-NeuronX",
  "hf-accelerate": "Hugging Face Accelerate",
  embedding: "Embedding engines",
};

export function backendTitle(backend: BackendId): string {
  return TITLES[backend];
}
