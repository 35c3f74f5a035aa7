import type { IncomingMessage } from "node:http";

/** The whole body, or undefined where it is larger than the limit (bytes). The rest is then read and dropped. */
export async function readRequestBody(
  request: IncomingMessage,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Reading on lets the client finish sending; it would not look at an answer before that.
    if (size <= limit) chunks.push(chunk);
    if (size > limit * 16) return undefined;
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}
