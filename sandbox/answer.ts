import type { ServerResponse } from "node:http";
import type { AwsError } from "./aws-error.ts";
import type { JsonValue } from "./json.ts";

const AWS_JSON = "application/x-amz-json-1.1";

/** Sends a control-plane answer; undefined is an operation without output, which has an empty body. */
export function sendAwsJson(
  response: ServerResponse,
  output: JsonValue | undefined,
  contentType = AWS_JSON,
): void {
  send(response, 200, contentType, output === undefined ? "" : JSON.stringify(output));
}

/** Sends a refusal as AWS JSON 1.1 does. */
export function sendAwsError(response: ServerResponse, error: AwsError): void {
  send(response, error.status, AWS_JSON, JSON.stringify({ __type: error.code, message: error.message }));
}

/** Sends XML, for the Query protocol. */
export function sendXml(response: ServerResponse, status: number, text: string): void {
  send(response, status, "text/xml", text);
}

/** Sends plain JSON, for the sandbox's own paths. */
export function sendJson(response: ServerResponse, status: number, value: JsonValue): void {
  send(response, status, "application/json", JSON.stringify(value));
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(text);
}
