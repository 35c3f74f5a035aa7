import type { Reply } from "../container/reply.ts";
import { BrokenAnswer } from "../engine/broken-answer.ts";

/** The whole body, or `broken` where the container dropped the connection inside it. */
export async function collect(reply: Reply): Promise<Uint8Array[] | "broken"> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of reply.chunks) chunks.push(chunk);
  } catch (error) {
    if (error instanceof BrokenAnswer) return "broken";
    throw error;
  }
  return chunks;
}

/** Resolves once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
