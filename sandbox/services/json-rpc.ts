import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../json.ts";
import type { Shapes } from "../shapes/shapes.ts";
import { validateInput } from "../shapes/validate-input.ts";

/** One call of a service: input that its shape allows in, output or nothing out; throws `AwsError` to refuse. */
export type Operation = (scope: Scope, input: JsonObject) => JsonObject | undefined;

/** An event of a stream that an operation answers with, by its name in the service model. */
export type StreamEvent = { readonly type: string; readonly body: JsonObject };

/** One call that is answered with events until it ends or the client leaves; throws `AwsError` to refuse. */
export type StreamOperation = (
  scope: Scope,
  input: JsonObject,
  signal: AbortSignal,
) => AsyncIterable<StreamEvent>;

/** A service that is called by `X-Amz-Target: prefix.Operation` with a JSON object. */
export type JsonService = {
  /** What stands before the dot of the target. */
  readonly prefix: string;
  readonly contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  readonly shapes: Shapes;
  /** What this service calls input that breaks its shape; `ValidationException` unless said otherwise. */
  readonly breach?: string;
  readonly operations: ReadonlyMap<string, Operation>;
  /** The operations that answer with an event stream. */
  readonly streams?: ReadonlyMap<string, StreamOperation>;
};

const DEEPEST = 32;

/**
 * Runs one call on its body's text. Answers the output, or undefined for operations without one.
 * Throws an `AwsError` for whatever AWS refuses.
 */
export function runOperation(
  service: JsonService,
  scope: Scope,
  name: string,
  body: string,
): JsonObject | undefined {
  const operation = service.operations.get(name);
  if (operation === undefined) {
    throw new AwsError("UnknownOperationException", `The sandbox does not know the operation ${name}.`);
  }
  return operation(scope, readInput(service, name, body));
}

/** The input of a call, checked against its shape; throws an `AwsError` for what AWS refuses. */
export function readInput(service: JsonService, name: string, body: string): JsonObject {
  const parsed = body === "" ? {} : parseJson(body);
  const input = parsed === undefined ? undefined : withoutNulls(parsed);
  if (!isJsonObject(input)) {
    throw new AwsError("SerializationException", "The request body is not a JSON object.");
  }
  // Shapes first, meaning second: AWS never mixes the two kinds of refusal in one answer.
  validateInput(service.shapes, name, input, service.breach);
  return input;
}

/** Null is absence to AWS JSON, at every depth; what is nested deeper than any shape is no request of AWS's. */
function withoutNulls(value: JsonValue, depth = 0): JsonValue {
  if (depth > DEEPEST) {
    throw new AwsError("SerializationException", "The request body is nested too deeply.");
  }
  if (Array.isArray(value)) {
    return value.map((entry) => withoutNulls(entry, depth + 1));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      entry === null ? [] : [[key, withoutNulls(entry, depth + 1)]],
    ),
  );
}
