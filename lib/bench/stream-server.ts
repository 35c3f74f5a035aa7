import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { payloadFrame } from "./frames.ts";
import { answerLines, lastLine, tokenLine } from "./token-lines.ts";

// A program of its own, so that what it costs is not counted as its reader's cost. It knows two endpoints:
//   burst-N      N tokens, as fast as they can be sent
//   paced-N-MS   N tokens, one every MS milliseconds, each with the time of its sending as its text
// Nothing else is allowed, which the product takes as "may send prompts, may not describe".

const STREAM = /^\/endpoints\/(burst|paced)-(\d+)(?:-(\d+))?\/invocations-response-stream$/;
const bursts = new Map<number, Uint8Array[]>();

const server = createServer((request, response) => {
  request.resume();
  const match = STREAM.exec(request.url ?? "");
  if (match === null) return refuse(response);
  response.writeHead(200, {
    "Content-Type": "application/vnd.amazon.eventstream",
    "X-Amzn-SageMaker-Content-Type": "application/jsonlines",
  });
  response.socket?.setNoDelay(true);
  const tokens = Number(match[2]);
  void (match[1] === "burst" ? sendBurst(response, tokens) : sendPaced(response, tokens, Number(match[3])));
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), "127.0.0.1");

function refuse(response: ServerResponse) {
  const body = JSON.stringify({ __type: "AccessDeniedException", Message: "This server only streams." });
  response.writeHead(400, { "Content-Type": "application/x-amz-json-1.1" }).end(body);
}

async function sendBurst(response: ServerResponse, tokens: number) {
  const frames = bursts.get(tokens) ?? answerLines(tokens).map(payloadFrame);
  bursts.set(tokens, frames);
  for (const frame of frames) {
    if (!response.write(frame)) await new Promise((resolve) => response.once("drain", resolve));
  }
  response.end();
}

async function sendPaced(response: ServerResponse, tokens: number, every: number) {
  for (let index = 0; index < tokens && !response.destroyed; index += 1) {
    await sleep(every);
    response.write(payloadFrame(tokenLine(index, ` ${performance.timeOrigin + performance.now()}`)));
  }
  response.end(payloadFrame(lastLine(tokens, "")));
}
