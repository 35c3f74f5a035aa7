import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";

export type Completion = {
  text: string;
  tokens: Token[];
  /** The model's own log probabilities, before temperature. Includes the end token's when it came. */
  logProbabilities: number[];
  ended: boolean;
};

type Settings = { temperature: number; limit: number; seed: number };

/** Small seeded generator (mulberry32), so that a sampled test gives the same text each time. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws from the distribution after temperature; temperature 0 takes the most probable token. */
function pickToken(probabilities: Map<Token, number>, temperature: number, random: () => number): Token {
  const entries = [...probabilities];
  const weights = entries.map(([, probability]) =>
    temperature === 0 ? probability : probability ** (1 / temperature),
  );
  if (temperature === 0) {
    const best = weights.indexOf(Math.max(...weights));
    return entries[best]?.[0] as Token;
  }
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest <= 0;
  });
  return entries[Math.max(index, 0)]?.[0] as Token;
}

// With any other value the library reports probabilities after temperature, top-k and top-p.
const NEUTRAL = { temperature: 1, topK: 0, topP: 1, minP: 0, yieldEogToken: true } as const;

export async function complete(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  prompt: string,
  { temperature, limit, seed }: Settings,
): Promise<Completion> {
  const random = createRandom(seed);
  const completion: Completion = { text: "", tokens: [], logProbabilities: [], ended: false };
  await sequence.clearHistory();
  const stream = sequence.evaluateWithMetadata(
    model.tokenize(prompt),
    { probabilities: true },
    { ...NEUTRAL, seed },
  );
  let next = await stream.next();
  while (!next.done) {
    const { probabilities } = next.value;
    const token = pickToken(probabilities, temperature, random);
    completion.logProbabilities.push(Math.log(probabilities.get(token) ?? 0));
    completion.ended = model.isEogToken(token);
    if (completion.ended) break;
    completion.tokens.push(token);
    if (completion.tokens.length >= limit) break;
    next = await stream.next(token);
  }
  await stream.return();
  completion.text = model.detokenize(completion.tokens);
  return completion;
}

export function measureConfidence({ logProbabilities }: Completion): number {
  return Math.exp(logProbabilities.reduce((sum, value) => sum + value, 0) / logProbabilities.length);
}
