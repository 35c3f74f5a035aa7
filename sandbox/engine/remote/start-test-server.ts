import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Received = { path: string; headers: IncomingMessage["headers"]; body: Buffer };

type Handler = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server for a test; remembers what it received and when connections of unfinished answers closed. */
export async function startTestServer(handle: Handler) {
  const received: Received[] = [];
  const cutAt: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) };
    received.push(one);
    response.on("close", () => {
      if (!response.writableFinished) cutAt.push(performance.now());
    });
    await handle(one, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    cutAt,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Writes values as server-sent events, each in a write of its own, and the end mark. */
export async function sendEvents(response: ServerResponse, events: readonly unknown[]): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end("data: [DONE]\n\n");
}
