import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";

export type CapturedRequest = { readonly headers: IncomingHttpHeaders; readonly body: Uint8Array };

/** The line of a capture file for an invocation whose answer was out at a moment (milliseconds). */
export function captureRecord(
  config: JsonObject,
  { headers, body }: CapturedRequest,
  output: { body: Uint8Array; type: string },
  at: number,
): JsonObject {
  const modes = objectsAt(config, "CaptureOptions").map((option) => stringAt(option, "CaptureMode"));
  const captures = (mode: string) => modes.includes(mode) || modes.includes("InputAndOutput");
  const attributes = headers["x-amzn-sagemaker-custom-attributes"];
  const id = headers["x-amzn-sagemaker-inference-id"];
  return {
    captureData: {
      ...(captures("Input")
        ? { endpointInput: sideOf(config, "INPUT", body, headers["content-type"] ?? "") }
        : {}),
      ...(captures("Output") ? { endpointOutput: sideOf(config, "OUTPUT", output.body, output.type) } : {}),
    },
    eventMetadata: {
      eventId: randomUUID(),
      ...(typeof attributes === "string" ? { customAttributes: [attributes] } : {}),
      ...(typeof id === "string" ? { inferenceId: id } : {}),
      inferenceTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    },
    eventVersion: "0",
  };
}

function sideOf(config: JsonObject, mode: "INPUT" | "OUTPUT", body: Uint8Array, type: string): JsonObject {
  const { CaptureContentTypeHeader: types } = config;
  const encoding = isListed(types, "CsvContentTypes", type)
    ? "CSV"
    : isListed(types, "JsonContentTypes", type)
      ? "JSON"
      : "BASE64";
  const bytes = Buffer.from(body);
  const data = bytes.toString(encoding === "BASE64" ? "base64" : "utf8");
  return { observedContentType: type, mode, data, encoding };
}

// "If no headers are specified SageMaker will by default base64 encode when capturing the data."
function isListed(types: JsonObject[string] | undefined, member: string, type: string): boolean {
  const listed = isJsonObject(types) ? types[member] : undefined;
  const plain = (type.split(";")[0] ?? "").trim().toLowerCase();
  return Array.isArray(listed) && listed.some((one) => String(one).toLowerCase() === plain);
}
