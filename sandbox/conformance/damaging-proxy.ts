import { once } from "node:events";
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

type Answer = { status: number; body: Record<string, unknown> };
/** What becomes of an answer. */
export type Damage = (answer: Answer) => Answer;

/**
 * Stands before a sandbox and damages the answers of some operations: a server that is wrong on purpose, to see
 * whether the checks notice. The Host header stays what the client signed.
 */
export async function startDamagingProxy(port: number, damages: ReadonlyMap<string, Damage>) {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const operation = String(headers["x-amz-target"] ?? "").split(".")[1] ?? "";
    const onward = forward({ port, host: "127.0.0.1", method, path: url, headers });
    onward.on("response", (answer) => {
      const damage = damages.get(operation);
      // A stream of events may never end: only what is damaged is waited for.
      const passed = damage === undefined ? passOn(answer, outgoing) : passDamaged(answer, outgoing, damage);
      passed.catch(() => outgoing.destroy());
    });
    onward.on("error", () => outgoing.destroy());
    // A client that leaves in the middle must not keep the sandbox's side open.
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
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

function passOn(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
  return pipeline(answer, outgoing);
}

async function passDamaged(answer: IncomingMessage, outgoing: ServerResponse, damage: Damage): Promise<void> {
  const { status, body } = damage(parsed(answer.statusCode ?? 500, await buffer(answer)));
  const text = Buffer.from(JSON.stringify(body));
  outgoing.writeHead(status, { ...answer.headers, "content-length": text.length });
  outgoing.end(text);
}

function parsed(status: number, whole: Buffer): Answer {
  return { status, body: JSON.parse(whole.toString("utf8")) };
}
