import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from "node:http";
import { request as secureRequest, Agent as TlsAgent } from "node:https";

export type Call = {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
};

const plain = new PlainAgent({ keepAlive: true });
const secure = new TlsAgent({ keepAlive: true });
const LARGEST_TEXT = 8 * 1024 * 1024;

/**
 * One HTTP call; resolves with the answer's head, throws what the connection throws. Aborting the signal
 * closes the connection at any moment. `fetch` is not used: it would decompress bodies, follow redirects
 * and give up on a silent server after five minutes.
 */
export function call({ url, method, headers, body, signal }: Call): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith("https:");
    const send = isSecure ? secureRequest : plainRequest;
    const sent = send(url, { method, headers, signal, agent: isSecure ? secure : plain }, resolve);
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
