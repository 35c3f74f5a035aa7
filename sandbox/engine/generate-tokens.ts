import type { LlamaContextSequence, Token } from "node-llama-cpp";
import { createRandom } from "../random.ts";
import type { Candidate, Finish, GenerationEvent, GenerationRequest } from "./generation.ts";
import { logSumExp, pickToken, type Scored } from "./sampling.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A loaded model as a generation uses it. */
export type Loaded = {
  readonly vocabulary: Vocabulary;
  readonly contextSize: number;
  /** Stands in for an empty prompt, since a model continues something. */
  readonly startToken: Token;
  tokenize(text: string): Token[];
  endsGeneration(token: Token): boolean;
};

/** As much of the library's sequence as a generation needs. */
export type Sequence = Pick<LlamaContextSequence, "clearHistory" | "controlledEvaluate">;

// With any other options the library reports scores after temperature, top-k and top-p; clients are told the model's own.
const SCORES = {
  generateNext: { logits: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } },
} as const;
// Small enough that a client who leaves during a long prompt stops it soon.
const PROMPT_STEP = 128;

/** Runs one generation on a sequence of its own; ends early, without a last event, once `cancelled` says so. */
export async function* generateTokens(
  loaded: Loaded,
  sequence: Sequence,
  request: GenerationRequest,
  cancelled: () => boolean,
): AsyncGenerator<GenerationEvent> {
  const tokenized = loaded.tokenize(request.prompt);
  const prompt = tokenized.length === 0 ? [loaded.startToken] : tokenized;
  const left = loaded.contextSize - prompt.length;
  if (left < 1 || (request.refuseOverlong && (request.maxTokens ?? 1) > left)) {
    yield { type: "too-long", promptTokens: prompt.length, contextSize: loaded.contextSize };
    return;
  }
  const limit = Math.min(request.maxTokens ?? left, left);
  // Each generation starts empty: a shared prefix would save little on a model this small.
  await sequence.clearHistory();
  const read = await readPrompt(loaded, sequence, prompt, request.promptLogProbs, cancelled);
  if (read === undefined) return;
  yield { type: "prompt", count: tokenized.length, ids: [...tokenized], tokens: read.tokens };

  const random = createRandom(request.seed);
  const generated = new Map<number, number>();
  const history = { generated, prompt: new Set<number>(prompt) };
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let scores = read.scores;
  for (let count = 1; count <= limit && !cancelled(); count += 1) {
    const picked = pickToken(scores, request, history, random);
    const token = picked as Token; // The library brands numbers; ids come from its own scores.
    const finish = finishOf(loaded, request, token, count === limit);
    // Over the raw scores: penalties and temperature shape the choice, not the confidence that is reported.
    const base = logSumExp(scores);
    yield {
      type: "token",
      token: candidate(loaded.vocabulary, picked, (scores.find(([id]) => id === picked)?.[1] ?? 0) - base),
      delta: decoder.decode(loaded.vocabulary.bytesOf(picked), { stream: true }),
      special: loaded.vocabulary.isSpecial(picked),
      top: scores
        .slice(0, request.alternatives)
        .map(([id, logit]) => candidate(loaded.vocabulary, id, logit - base)),
      finish,
    };
    if (finish !== null) return;
    generated.set(picked, (generated.get(picked) ?? 0) + 1);
    scores = await evaluate(sequence, [token]);
  }
}

type PromptRead = {
  tokens: Extract<GenerationEvent, { type: "prompt" }>["tokens"];
  scores: readonly Scored[];
};

async function readPrompt(
  { vocabulary }: Loaded,
  sequence: Sequence,
  prompt: readonly Token[],
  wantsLogProbs: boolean,
  cancelled: () => boolean,
): Promise<PromptRead | undefined> {
  const tokens: { id: number; text: string; bytes: readonly number[]; logProb: number | null }[] = [];
  let scores: readonly Scored[] = [];
  // One token at a time where each needs its own scores.
  const step = wantsLogProbs ? 1 : PROMPT_STEP;
  for (let at = 0; at < prompt.length; at += step) {
    if (cancelled()) return undefined;
    for (const id of wantsLogProbs ? prompt.slice(at, at + 1) : []) {
      const logit = scores.find(([other]) => other === id)?.[1];
      // Nothing comes before the first token, so nothing says how likely it was.
      const logProb = logit === undefined ? null : logit - logSumExp(scores);
      tokens.push({ ...candidate(vocabulary, id, 0), logProb });
    }
    scores = await evaluate(sequence, prompt.slice(at, at + step));
  }
  return { tokens, scores };
}

/** Feeds tokens and returns the model's scores for the next one, best first. */
async function evaluate(sequence: Sequence, tokens: readonly Token[]): Promise<Scored[]> {
  const last = tokens.at(-1);
  if (last === undefined) {
    throw new Error("nothing to evaluate");
  }
  const output = await sequence.controlledEvaluate([...tokens.slice(0, -1), [last, SCORES]]);
  return [...(output.at(-1)?.next.logits ?? [])];
}

function finishOf(loaded: Loaded, request: GenerationRequest, token: Token, last: boolean): Finish | null {
  if (loaded.endsGeneration(token) && !request.ignoreEos) return { reason: "eos", stop: null };
  if (request.stopTokenIds.includes(token)) return { reason: "stop", stop: token };
  return last ? { reason: "length", stop: null } : null;
}

function candidate(vocabulary: Vocabulary, id: number, logProb: number): Candidate {
  return { id, text: vocabulary.textOf(id), bytes: [...vocabulary.bytesOf(id)], logProb };
}
