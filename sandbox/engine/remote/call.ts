import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";

export type Call = {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
};

const LARGEST_TEXT = 8 * 1024 * 1024;

/**
 * One HTTP call; resolves with the answer's head, throws what the connection throws. Aborting the signal
 * closes the connection at any moment. `fetch` is not used: it would decompress bodies, follow redirects
 * and give up on a silent server after five minutes.
 */
export function call({ url, method, headers, body, signal }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? secureRequest : plainRequest;
    // A connection of its own each time: one that is kept may be closed by the server just as it is used again.
    const sent = send(url, { method, headers, signal, agent: false }, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The whole body as text; throws where it is larger than a sane answer (8 MiB). */
export async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LARGEST_TEXT) throw new Error("the answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What a failed connection says of itself, for a sentence such as "cannot be reached: …". */
export function whyUnreachable(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  const code = first instanceof Error && "code" in first ? String(first.code) : "";
  if (code === "ECONNREFUSED") return "connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name is unknown";
  return first instanceof Error ? first.message : String(first);
}
