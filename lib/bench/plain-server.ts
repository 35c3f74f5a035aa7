import { createServer } from "node:http";

// The least a server of Node can do with a call: read it and answer its bytes. What the sandbox costs is told in
// multiples of this.
const server = createServer((request, response) => {
  if (request.url === "/_sandbox/process") {
    const { user, system } = process.cpuUsage();
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() }));
    return;
  }
  const chunks: Uint8Array[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => response.end(Buffer.concat(chunks)));
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), "127.0.0.1");
