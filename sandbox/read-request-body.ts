import type { IncomingMessage } from "node:http";

/** The whole body, or undefined where it is larger than the limit (bytes). The rest is then read and dropped. */
export function readRequestBody(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      // Reading on lets the client finish sending; it would not look at an answer before that.
      if (size <= limit) chunks.push(chunk);
      if (size > limit * 16) {
        resolve(undefined);
        request.destroy();
      }
    });
    request.on("end", () => resolve(size > limit ? undefined : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) reject(new Error("the client left"));
    });
  });
}
