import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../random.ts";

/** A recorded stream: what to send, and whether the connection drops after it. */
export type Recording = { readonly bytes: Uint8Array; readonly drops?: boolean };

/**
 * Answers each invocation of endpoint `name-N` with the recording of that name, cut into network chunks that
 * depend on N alone.
 */
export async function startReplayServer(recordings: ReadonlyMap<string, Recording>) {
  const server = createServer(async (request, response) => {
    request.resume();
    const [, name = "", seed = ""] = /^\/endpoints\/([a-z-]+)-(\d+)\//.exec(request.url ?? "") ?? [];
    const recording = recordings.get(name) ?? { bytes: new Uint8Array() };
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
    for (const piece of cutAnywhere(recording.bytes, Number(seed))) {
      response.write(piece);
      // Without a turn of the loop the pieces would leave as one.
      await pause(0);
    }
    if (recording.drops !== true) response.end();
    else setTimeout(() => response.destroy(), 20);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function cutAnywhere(bytes: Uint8Array, seed: number): Uint8Array[] {
  const random = createRandom(seed);
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + Math.floor(random() * 60);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}
