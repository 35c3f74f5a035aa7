import { isVersionIn } from "#lib/lmi/versions.ts";
import { type Capability, supportsArchitecture, supportsFeature } from "./capability.ts";
import type { Answers } from "./choose-backend.ts";
import type { EraId } from "./era-id.ts";

/** What a person says about what they want to serve, in their own words rather than the tree's. */
export type Wish = {
  hardware: "gpu" | "inferentia";
  /** What the model does for its users. */
  task: "chat" | "code" | "summarization" | "extraction" | "embedding" | "other";
  /** Whether lengths of prompts and answers are much alike; null derives it from the task. */
  traffic: "even" | "uneven" | null;
  /** In the catalogue's spelling; null where the model is not known. */
  architecture: string | null;
  /** Multi-node, or pipeline and tensor parallelism with a draft model: LMI-Dist alone has them. */
  needsLmiDistFeature?: boolean;
};

export type DerivedAnswers = {
  answers: Answers;
  /** Why each answer is what it is, by node. */
  reasons: Record<string, string>;
  /** Nodes the facts leave open: the person must answer. */
  open: string[];
};

/** Even: about 1,000 tokens in and 500 out each time; uneven: 100 to 1,000 in, 1,000 to 100 out (0.27 guide). */
const TRAFFIC_OF_TASK = {
  chat: "uneven",
  code: "uneven",
  summarization: "even",
  extraction: "even",
  embedding: "even",
  other: "uneven",
} as const;

/** Answers the questions of an era's tree from a wish, and says from what each was derived. */
export function deriveAnswers(eraId: EraId, version: string, wish: Wish): DerivedAnswers {
  const derived: { answers: Record<string, string>; reasons: Record<string, string>; open: string[] } = {
    answers: {},
    reasons: {},
    open: [],
  };
  const say = (node: string, answer: string | null, reason: string) => {
    if (answer === null) derived.open.push(node);
    else derived.answers[node] = answer;
    derived.reasons[node] = reason;
  };
  const isCurrent = eraId === "lmi-v15-v28-current";
  const neuron = isCurrent ? "neuron" : "inf2";
  say("hardware", wish.hardware === "gpu" ? "gpu" : neuron, "You chose the hardware.");
  const traffic = wish.traffic ?? TRAFFIC_OF_TASK[wish.task];
  const why = wish.traffic
    ? "You said how alike the lengths are."
    : `${wish.task === "other" ? "Without knowing the lengths" : `Lengths in ${wish.task}`} count as ${traffic}.`;
  if (isCurrent) {
    const workload = wish.task === "embedding" || wish.task === "other" ? wish.task : "text_generation";
    say("workload", workload, "From the task.");
    const support = currentSupport(version, wish);
    say("model_support", support.answer, support.reason);
    say("traffic", traffic, why);
  } else {
    const support = historicSupport(version, wish.architecture);
    say("model_support", support.answer, support.reason);
    const fallback = fallbackSupport(version, wish.architecture);
    say("fallback_support", fallback.answer, fallback.reason);
    say("task", traffic === "even" ? "summarization" : "open_ended", why);
  }
  return derived;
}

type Found = { answer: string | null; reason: string };

function historicSupport(version: string, architecture: string | null): Found {
  if (architecture === null) return open();
  if (architecture === "t5") return { answer: "t5", reason: "It is a T5 model." };
  // The figure speaks of what TensorRT-LLM compiles by itself or LMI-Dist lists.
  const capabilities = [
    supportsFeature("tensorrt-llm", version, "JIT compilation", architecture),
    supportsArchitecture("lmi-dist", version, architecture),
  ];
  return decide(capabilities, "trtllm_or_lmidist", "neither");
}

function fallbackSupport(version: string, architecture: string | null): Found {
  if (architecture === null) return open();
  const vllm = supportsArchitecture("vllm", version, architecture);
  if (vllm.supported !== false) return { answer: vllm.supported ? "vllm" : null, reason: vllm.reason };
  const deepspeed = supportsArchitecture("deepspeed", version, architecture);
  if (deepspeed.supported) return { answer: "deepspeed", reason: deepspeed.reason };
  return { answer: "none", reason: `${vllm.reason} ${deepspeed.reason}` };
}

function currentSupport(version: string, wish: Wish): Found {
  if (wish.needsLmiDistFeature)
    return { answer: "needs_lmi_dist_only_feature", reason: "Only LMI-Dist has what you need." };
  if (wish.architecture === null) return open();
  if (wish.architecture === "t5") return { answer: "t5", reason: "vLLM serves no T5." };
  // TensorRT-LLM's newest image is 0.33.0, and its list is what counts for later versions too.
  const image = isVersionIn(version, "0.33.0-") ? "0.33.0" : version;
  const compiled = supportsArchitecture("tensorrt-llm", image, wish.architecture);
  return compiled.supported
    ? { answer: "both", reason: `${compiled.reason} vLLM has the wider list.` }
    : { answer: "vllm_only", reason: `${compiled.reason} vLLM is the default for new models.` };
}

function decide(capabilities: readonly Capability[], yes: string, none: string): Found {
  const found = capabilities.find(({ supported }) => supported);
  if (found) return { answer: yes, reason: found.reason };
  const reason = capabilities.map((capability) => capability.reason).join(" ");
  return { answer: capabilities.every(({ supported }) => supported === false) ? none : null, reason };
}

function open(): Found {
  return { answer: null, reason: "The model's architecture is not known: say which back end lists it." };
}
