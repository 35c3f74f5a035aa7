// Plain JavaScript: a thread starts without the loaders that everything else is read with.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";

// The other side of `pglite-socket.ts`: PGlite and nothing else. A message is a piece of PostgreSQL's protocol, whole
// messages always; what PGlite answers goes back in the same way. `null` asks to close.

if (parentPort === null) throw new Error("this is a thread, not a program");
const port = parentPort;
const client = await PGlite.create(workerData.folder).catch((error) => {
  // What its file system throws is no error, and would say nothing on the other side.
  throw error instanceof Error ? error : new Error(JSON.stringify(error));
});

port.on("message", async (bytes) => {
  if (bytes === null) {
    await client.close();
    port.close();
    return;
  }
  const answer = await client.runExclusive(() => client.execProtocolRaw(bytes));
  port.postMessage(answer);
});
