import { once } from "node:events";
import { createServer, request as forward } from "node:http";

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
    const onward = forward({ port, host: "127.0.0.1", method, path: url, headers }, async (answer) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      const damage = damages.get(operation);
      const status = answer.statusCode ?? 500;
      const changed = damage === undefined || whole.length === 0 ? undefined : damage(parsed(status, whole));
      const text = changed === undefined ? whole : Buffer.from(JSON.stringify(changed.body));
      outgoing.writeHead(changed?.status ?? status, { ...answer.headers, "content-length": text.length });
      outgoing.end(text);
    });
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

function parsed(status: number, whole: Buffer): Answer {
  return { status, body: JSON.parse(whole.toString("utf8")) };
}
