import { fail, type Result, succeed } from "#lib/failure.ts";
import { BACKEND_IDS, type BackendId } from "#lib/lmi/backend-id.ts";
import { type Framework, listVersions } from "#lib/lmi/image-uri.ts";
import { isVersionIn } from "#lib/lmi/versions.ts";
import type { EraId } from "./era-id.ts";
import { starterOf } from "./start-properties.ts";
import { type Era, eraOf, type TreeLeaf, type TreeNode } from "./tree-catalogue.ts";

/** Answers by the id of the tree's nodes, e.g. `{ hardware: "gpu", model_support: "t5" }`. */
export type Answers = Readonly<Record<string, string>>;

/** One node that was asked, with every way out of it. */
type Step = {
  nodeId: string;
  question: string;
  answer: string;
  label: string;
  options: { value: string; label: string; next: string; isTaken: boolean; isInFigure: boolean }[];
  sources: string[];
  /** Drawn in AWS's figure, or added from the text beside it. */
  isInFigure: boolean;
};

/** Where one other answer would have led; null where that way asks for more. */
type OtherWay = {
  nodeId: string;
  answer: string;
  label: string;
  leafId: string | null;
  backend: BackendId | null;
  nextQuestion: string | null;
};

export type Choice = {
  eraId: EraId;
  leafId: string;
  backend: BackendId;
  framework: Framework;
  /** DJL version to deploy: the one asked for, or the newest the registry has for this leaf. */
  version: string;
  /** Why another version than the one asked for; null where it is that one. */
  versionNote: string | null;
  engine: string;
  rollingBatch: string;
  entryPoint: string | null;
  starterProperties: Record<string, string>;
  path: Step[];
  otherWays: OtherWay[];
  /** Back ends that the same text offers for the same traffic. */
  alternatives: BackendId[];
  reasons: string[];
  caveats: string[];
  sources: string[];
};

/**
 * Walks AWS's decision tree of an era. Fails with `invalid` and the question as hint where an answer is
 * missing or no answer of the tree; `field` is the node's id.
 */
export function chooseBackend({
  eraId,
  version,
  answers,
}: {
  eraId: EraId;
  version: string;
  answers: Answers;
}): Result<Choice> {
  const era = eraOf(eraId);
  const walked = walk(era, answers);
  if (!walked.ok) return walked;
  const { path } = walked.value;
  const drawn = walked.value.leaf;
  const { leaf, correction } = correct(era, drawn, version);
  const { version: container, note } = containerVersion(leaf, version);
  const backend = backendOfLeaf(leaf);
  return succeed({
    eraId,
    leafId: leaf.id,
    backend,
    framework: leaf.container,
    version: container,
    versionNote: note,
    engine: leaf.engine,
    rollingBatch: leaf.rolling_batch,
    entryPoint: leaf.entryPoint,
    starterProperties: starterOf(leaf, container),
    path,
    otherWays: otherWays(era, path, answers),
    alternatives: alternativesOf(leaf),
    reasons: correction ? [correction, ...leaf.reasons] : leaf.reasons,
    caveats: leaf.caveats,
    sources: leaf.sources,
  });
}

/** The questions of an era in the order they may be asked, for a form that shows them all. */
export function listQuestions(eraId: EraId): TreeNode[] {
  return eraOf(eraId).nodes;
}

function walk(era: Era, answers: Answers): Result<{ path: Step[]; leaf: TreeLeaf }> {
  const path: Step[] = [];
  let at = era.start;
  while (!at.startsWith("leaf.")) {
    const node = era.nodes.find((candidate) => candidate.id === at);
    if (!node) throw new Error(`The tree of ${era.id} points at ${at}, which it does not have.`);
    const answer = answers[node.id];
    const taken = node.options.find((option) => option.value === answer);
    if (!taken) {
      const choices = node.options.map((option) => option.label ?? option.value).join("; ");
      return fail({
        code: "invalid",
        message: answer === undefined ? node.question : `"${answer}" does not answer: ${node.question}`,
        hint: `Choose one of: ${choices}.`,
        field: node.id,
      });
    }
    path.push(stepOf(node, taken.value));
    at = taken.next;
  }
  return succeed({ path, leaf: leafOf(era, at) });
}

function stepOf(node: TreeNode, answer: string): Step {
  const options = node.options.map((option) => ({
    value: option.value,
    label: option.label ?? option.value.replaceAll("_", " "),
    next: option.next,
    isTaken: option.value === answer,
    isInFigure: option.in_original_figure !== false,
  }));
  return {
    nodeId: node.id,
    question: node.question,
    answer,
    label: options.find((option) => option.isTaken)?.label ?? answer,
    options,
    sources: node.sources,
    isInFigure: node.in_original_figure !== false,
  };
}

/** What would have changed the answer: each node's other options, followed with the answers already given. */
function otherWays(era: Era, path: readonly Step[], answers: Answers): OtherWay[] {
  return path.flatMap((step) =>
    step.options
      .filter((option) => !option.isTaken)
      .map((option): OtherWay => {
        const walked = walk(era, { ...answers, [step.nodeId]: option.value });
        const leaf = walked.ok ? walked.value.leaf : null;
        return {
          nodeId: step.nodeId,
          answer: option.value,
          label: option.label,
          leafId: leaf?.id ?? null,
          backend: leaf && backendOfLeaf(leaf),
          nextQuestion: walked.ok ? null : walked.failure.message,
        };
      }),
  );
}

/** April's figure holds for T5 from 0.27.0; before, TensorRT-LLM cannot run it (the leaf's own caveats). */
function correct(era: Era, leaf: TreeLeaf, version: string): { leaf: TreeLeaf; correction: string | null } {
  if (era.id !== "lmi-0.26-0.27-april-2024" || leaf.id !== "leaf.trtllm_t5")
    return { leaf, correction: null };
  if (isVersionIn(version, leaf.versions)) return { leaf, correction: null };
  return {
    leaf: leafOf(era, "leaf.lmi_dist"),
    correction: `The figure sends T5 to TensorRT-LLM, but that of ${version} cannot run it: LMI-Dist can.`,
  };
}

function containerVersion(leaf: TreeLeaf, asked: string): { version: string; note: string | null } {
  const published = listVersions(leaf.container);
  const fitting = published.filter((version) => isVersionIn(version, leaf.versions));
  if (fitting.includes(asked)) return { version: asked, note: null };
  const example = leaf.image_example_us_east_1?.match(/:(\d+\.\d+\.\d+)-/)?.[1];
  const version = example && fitting.includes(example) ? example : (fitting.at(-1) ?? asked);
  return {
    version,
    note: `${leaf.container} ${asked} is not published for this; ${version} is the newest that serves it.`,
  };
}

/** backend-selection.md of 0.27: uneven lengths go to LMI-Dist, or else to vLLM or DeepSpeed; later, vLLM alone. */
function alternativesOf(leaf: TreeLeaf): BackendId[] {
  switch (leaf.id) {
    case "leaf.lmi_dist":
      return ["vllm", "deepspeed"];
    case "leaf.vllm":
      return ["lmi-dist", "deepspeed"];
    case "leaf.trtllm":
      return leaf.versions === "0.33.0" ? ["vllm"] : ["lmi-dist", "vllm"];
    case "leaf.vllm_async":
      return ["tensorrt-llm"];
    case "leaf.trtllm_t5":
      return ["lmi-dist"];
    default:
      return [];
  }
}

function backendOfLeaf(leaf: TreeLeaf): BackendId {
  const name = leaf.backend.split(" ")[0];
  return BACKEND_IDS.find((id) => id === name) ?? "hf-accelerate";
}

function leafOf(era: Era, id: string): TreeLeaf {
  const leaf = era.leaves.find((candidate) => candidate.id === id);
  if (!leaf) throw new Error(`The tree of ${era.id} has no ${id}.`);
  return leaf;
}

/** A leaf as an answer of its own, for somebody who knows which back end they want. */
export function findLeaf(eraId: EraId, backend: BackendId): TreeLeaf | null {
  return eraOf(eraId).leaves.find((leaf) => backendOfLeaf(leaf) === backend) ?? null;
}
