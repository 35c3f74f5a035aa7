import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { AwsError } from "../aws-error.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import document from "../shapes/sagemaker-runtime.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { validateInput } from "../shapes/validate-input.ts";
import { type RuntimeError, validationError } from "./runtime-error.ts";

const SHAPES = readShapes(document);
const HEADERS = z.record(z.string(), z.record(z.string(), z.string())).parse(document.headers);
// The only headers that are numbers.
const NUMBERS = ["RequestTTLSeconds", "InvocationTimeoutSeconds"];

type Operation = "InvokeEndpoint" | "InvokeEndpointWithResponseStream" | "InvokeEndpointAsync";

/** The input of a call of the runtime by the names of AWS's model, less its body. */
export type RuntimeInput = {
  /** What a header says; undefined where it was not sent. */
  text(member: string): string | undefined;
  number(member: string): number | undefined;
};

/** Reads and checks what a call says beside its body; a refusal lists every breach, as the control plane does. */
export function readHeaders(
  operation: Operation,
  endpoint: string,
  headers: IncomingHttpHeaders,
): RuntimeInput | { readonly refusal: RuntimeError } {
  const sent = Object.entries(HEADERS[operation] ?? {}).flatMap(([name, member]) => {
    const value = headers[name];
    const text = Array.isArray(value) ? value[0] : value;
    return text === undefined ? [] : [[member, readValue(member, text)] as const];
  });
  const input: JsonObject = { EndpointName: endpoint, ...Object.fromEntries(sent) };
  try {
    validateInput(SHAPES, operation, input);
  } catch (error) {
    if (error instanceof AwsError) return { refusal: validationError(error.message) };
    throw error;
  }
  return { text: (member) => stringAt(input, member), number: (member) => numberAt(input, member) };
}

// What is no number stays a text, and the shape says so.
function readValue(member: string, text: string): string | number {
  return NUMBERS.includes(member) && /^\d{1,9}$/.test(text) ? Number(text) : text;
}
