import type { JsonValue } from "../json.ts";

/** The id LMI itself writes where an engine tells none (lmi-wire 4.1); a made-up one would look like a real one. */
export const NO_TOKEN_ID = -1;

/** A token that was or could have been chosen; `logProb` is the model's own, before temperature. */
export type Candidate = {
  readonly id: number;
  /** The token alone, with U+FFFD where it is only part of a character. */
  readonly text: string;
  readonly bytes: readonly number[];
  readonly logProb: number;
};

/** Why a generation stopped; `stop` is the stop string or stop token id that did it. */
export type Finish = { readonly reason: "length" | "eos" | "stop"; readonly stop: string | number | null };

export type GenerationEvent =
  | {
      readonly type: "prompt";
      readonly tokens: readonly (Omit<Candidate, "logProb"> & { logProb: number | null })[];
      /** Null where the engine does not tell. */
      readonly count: number | null;
      readonly ids: readonly number[] | null;
    }
  | {
      readonly type: "token";
      readonly token: Candidate;
      /** What this token adds to the text: empty while a character is incomplete, then the whole character. */
      readonly delta: string;
      readonly special: boolean;
      /** The likeliest tokens at this place, best first, as many as were asked for. */
      readonly top: readonly Candidate[];
      readonly finish: Finish | null;
    }
  /** Refused before the first token: the prompt, or prompt and answer together, do not fit. */
  | { readonly type: "too-long"; readonly promptTokens: number; readonly contextSize: number }
  | {
      readonly type: "failed";
      readonly message: string;
      readonly reason: "engine" | "unavailable" | "busy" | "out-of-memory";
    };

/** What a container asks of the engine. */
export type GenerationRequest = {
  readonly prompt: string;
  /** The conversation that `prompt` renders, for an engine with a chat template of its own. */
  readonly messages?: JsonValue;
  /** Null: whatever is left of the context. */
  readonly maxTokens: number | null;
  /** Whether more tokens than fit are an error (vLLM's OpenAI server) or simply end early. */
  readonly refuseOverlong: boolean;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  readonly presencePenalty: number;
  readonly frequencyPenalty: number;
  readonly seed: number;
  readonly ignoreEos: boolean;
  readonly stopTokenIds: readonly number[];
  readonly alternatives: number;
  readonly promptLogProbs: boolean;
};

/** Runs one generation; leaving the loop or aborting the signal stops it. */
export type Generate = (request: GenerationRequest, signal: AbortSignal) => AsyncIterable<GenerationEvent>;
