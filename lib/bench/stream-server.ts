import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { payloadFrame } from "./frames.ts";
import { answerLines, lastLine, tokenLine } from "./token-lines.ts";

// A program of its own, so that what it costs is not counted as its reader's cost. It knows three kinds of endpoint:
//   burst-N      N tokens, as fast as they can be sent
//   paced-N-MS   N tokens, one every MS milliseconds, each with the time of its sending as its text
//   rate-N-S     N tokens, S of them a second
// The endpoints named behind the port are listed, so that a page can choose among them. Nothing else is allowed, which
// the product takes as "may send prompts, may not describe".

const STREAM = /^\/endpoints\/(burst|paced|rate)-(\d+)(?:-(\d+))?\/invocations-response-stream$/;
const bursts = new Map<number, Uint8Array[]>();

const listed = process.argv.slice(3).map((name) => ({
  EndpointName: name,
  EndpointArn: `arn:aws:sagemaker:us-east-1:000000000000:endpoint/${name}`,
  CreationTime: 1_700_000_000,
  LastModifiedTime: 1_700_000_000,
  EndpointStatus: "InService",
}));

const server = createServer((request, response) => {
  request.resume();
  if (request.headers["x-amz-target"] === "SageMaker.ListEndpoints") {
    const body = JSON.stringify({ Endpoints: listed });
    return response.writeHead(200, { "Content-Type": "application/x-amz-json-1.1" }).end(body);
  }
  const match = STREAM.exec(request.url ?? "");
  if (match === null) return refuse(response);
  response.writeHead(200, {
    "Content-Type": "application/vnd.amazon.eventstream",
    "X-Amzn-SageMaker-Content-Type": "application/jsonlines",
  });
  response.socket?.setNoDelay(true);
  const tokens = Number(match[2]);
  const pace = Number(match[3]);
  if (match[1] === "burst") void sendBurst(response, tokens);
  else void (match[1] === "rate" ? sendAtRate : sendPaced)(response, tokens, pace);
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

async function sendAtRate(response: ServerResponse, tokens: number, perSecond: number) {
  const lines = answerLines(tokens);
  const began = performance.now();
  let sent = 0;
  while (sent < tokens && !response.destroyed) {
    await sleep(1);
    const due = Math.min(tokens, Math.floor(((performance.now() - began) / 1_000) * perSecond));
    if (due > sent) response.write(Buffer.concat(lines.slice(sent, due).map(payloadFrame)));
    sent = Math.max(sent, due);
  }
  response.end();
}
