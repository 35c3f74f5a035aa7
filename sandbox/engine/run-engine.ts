import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import { generateTokens, type Loaded } from "./generate-tokens.ts";
import type { GenerationRequest } from "./generation.ts";
import type { FromEngine, ToEngine } from "./messages.ts";
import { createVocabulary } from "./vocabulary.ts";

/** How many generations run at once; further ones wait in the server's queue. */
export const ENGINE_PLACES = 4;
const LARGEST_CONTEXT = 4096;

/** The engine's process: loads the model at this path and answers messages until its channel closes. */
export async function runEngine(modelPath: string): Promise<void> {
  const live = new Set<number>();
  const cancelled = new Set<number>();
  const waiting: ToEngine[] = [];
  let handle = (message: ToEngine): void => void waiting.push(message);
  process.on("message", (message: ToEngine) => handle(message));
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole group; the server decides when the engine ends.
  process.on("SIGINT", () => undefined);

  let opened: Opened;
  try {
    opened = await openModel(modelPath);
  } catch (error) {
    // The server remembers the reason; a process that can do nothing need not stay.
    process.send?.(
      { type: "unavailable", reason: whyNot(modelPath, error) } satisfies FromEngine,
      undefined,
      {},
      () => process.exit(0),
    );
    return;
  }
  const { loaded, free } = opened;

  async function generate(id: number, request: GenerationRequest): Promise<void> {
    // The server sends no more than there are places, and waits for `ended` before it reuses one.
    const sequence = free.pop();
    if (sequence === undefined) {
      throw new Error("more generations than places");
    }
    try {
      for await (const event of generateTokens(loaded, sequence, request, () => cancelled.has(id))) {
        tell({ type: "event", id, event });
      }
    } catch (error) {
      tell({ type: "event", id, event: { type: "failed", reason: "engine", message: String(error) } });
    } finally {
      free.push(sequence);
      live.delete(id);
      cancelled.delete(id);
      tell({ type: "ended", id });
    }
  }

  handle = (message) => {
    if (message.type === "generate") {
      live.add(message.id);
      void generate(message.id, message.request);
    } else if (live.has(message.id)) {
      // A cancel may cross the end of its generation on the way.
      cancelled.add(message.id);
    }
  };
  tell({ type: "ready", model: basename(modelPath), contextSize: loaded.contextSize, places: ENGINE_PLACES });
  // Prompts that came while the model was loading.
  for (const message of waiting) handle(message);
}

type Opened = { loaded: Loaded; free: LlamaContextSequence[] };

async function openModel(modelPath: string): Promise<Opened> {
  if (!existsSync(modelPath)) {
    throw new Error("the file is missing");
  }
  // Imported here, so that the server's own process never loads the native library.
  const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
  const llama = await getLlama({ build: "never", gpu: false, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath });
  const contextSize = Math.min(model.trainContextSize, LARGEST_CONTEXT);
  // More threads spin against each other and against the server on a small machine.
  const context = await model.createContext({ threads: 1, contextSize, sequences: ENGINE_PLACES });
  const free = Array.from({ length: ENGINE_PLACES }, () => context.getSequence());
  return { loaded: toLoaded(model, contextSize), free };
}

function toLoaded(model: LlamaModel, contextSize: number): Loaded {
  const tokenizer = model.fileInfo.metadata.tokenizer?.ggml;
  const startToken = model.tokens.bos ?? model.tokens.eos;
  if (tokenizer === undefined || startToken === null) {
    throw new Error("the file carries no tokenizer");
  }
  return {
    vocabulary: createVocabulary({
      model: tokenizer.model,
      tokens: tokenizer.tokens,
      types: tokenizer.token_type,
    }),
    contextSize,
    startToken,
    // A user's text never becomes a control token.
    tokenize: (text) => model.tokenize(text, false),
    endsGeneration: (token) => model.isEogToken(token),
  };
}

function whyNot(modelPath: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `The sandbox's language model cannot answer: ${modelPath}: ${message} (this computer is ${process.platform}-${process.arch}).`;
}

function tell(message: FromEngine): void {
  // The channel may be gone while the last tokens are on their way.
  if (process.connected) process.send?.(message);
}
