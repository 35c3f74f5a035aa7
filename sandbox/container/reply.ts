import type { Generate } from "../engine/generation.ts";
import { passEach } from "../pass-each.ts";

/** What a container sends: its status, its Content-Type (null: it sends none) and the body in its own writes. */
export type Reply = {
  readonly status: number;
  readonly contentType: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What a real container hands to its client beside the body: custom attributes and session ids. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The writes of a real container, to be passed on as they come; ours are cut where SageMaker might cut. */
  readonly isGenuine?: boolean;
};

/** A request as SageMaker hands it to `/invocations`. */
export type Invocation = {
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
  /** Whether the answer is streamed on, as SageMaker says in `X-Amzn-SageMaker-Forwarded-Api`. */
  readonly streams: boolean;
};

/** What a container takes from outside, so that a scripted run gives the same bytes twice. */
export type Surroundings = {
  readonly generate: Generate;
  /** A fresh id for `chatcmpl-…` and `cmpl-…`. */
  newId(): string;
  /** Seconds since the epoch, whole. */
  seconds(): number;
  /** A seed for a request that brings none. */
  newSeed(): number;
};

/** A reply whose whole body is known. */
export function wholeReply(status: number, contentType: string | null, text: string): Reply {
  return { status, contentType, chunks: oneChunk(text) };
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Encodes texts to UTF-8, one chunk each. */
export function encodeTexts(texts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  return passEach(texts, { each: (text) => (text === "" ? undefined : Buffer.from(text)) });
}
