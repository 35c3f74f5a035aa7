import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../json.ts";
import type { Shapes } from "../shapes/shapes.ts";
import { validateInput } from "../shapes/validate-input.ts";

/** One call of a service: input that its shape allows in, output or nothing out; throws `AwsError` to refuse. */
export type Operation = (scope: Scope, input: JsonObject) => JsonObject | undefined;

/** A service that is called by `X-Amz-Target: prefix.Operation` with a JSON object. */
export type JsonService = {
  /** What stands before the dot of the target. */
  readonly prefix: string;
  readonly contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  readonly shapes: Shapes;
  readonly operations: ReadonlyMap<string, Operation>;
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
  const parsed = body === "" ? {} : parseJson(body);
  const input = parsed === undefined ? undefined : withoutNulls(parsed);
  if (!isJsonObject(input)) {
    throw new AwsError("SerializationException", "The request body is not a JSON object.");
  }
  // Shapes first, meaning second: AWS never mixes the two kinds of refusal in one answer.
  validateInput(service.shapes, name, input);
  return operation(scope, input);
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
