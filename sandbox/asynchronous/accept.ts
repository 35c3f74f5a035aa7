import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { findEndpoint } from "../control/find-endpoint.ts";
import type { Scope } from "../control/scope.ts";
import { viewEndpoint } from "../control/view-endpoint.ts";
import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import { type RuntimeInput, readHeaders } from "../runtime/invocation-headers.ts";
import { noSuchEndpoint, type RuntimeError, validationError } from "../runtime/runtime-error.ts";
import type { AsyncRequest } from "../state/async-records.ts";
import { below, locationUri, parseLocation } from "../storage/object-location.ts";

// AsyncBodyBlob's maximum; larger inputs go by way of S3.
const LARGEST_BODY = 128_000;
const TTL_SECONDS = 21_600;
const TIMEOUT_SECONDS = 900;

/** What InvokeEndpointAsync answers with 202. */
export type Accepted = {
  readonly inferenceId: string;
  readonly output: string | null;
  readonly failure: string | null;
};

/** Takes a request into the queue of an asynchronous endpoint; it is on the disk when this returns. */
export function acceptAsync(
  scope: Scope,
  name: string,
  headers: IncomingHttpHeaders,
  body: Uint8Array,
): Accepted | { readonly refusal: RuntimeError } {
  const input = readHeaders("InvokeEndpointAsync", name, headers);
  if ("refusal" in input) return input;
  const config = servingConfig(scope, name);
  if (config === undefined) return { refusal: noSuchEndpoint(name) };
  const asynchronous = config.AsyncInferenceConfig;
  if (!isJsonObject(asynchronous)) {
    return {
      refusal: validationError(
        `Endpoint ${name} is not configured for asynchronous inference. Please use InvokeEndpoint.`,
      ),
    };
  }
  const location = input.text("InputLocation");
  if ((location === undefined) === (body.length === 0)) {
    return { refusal: validationError("Exactly one of InputLocation and Body must be provided.") };
  }
  if (body.length > LARGEST_BODY) {
    return { refusal: validationError(`The request body must not be larger than ${LARGEST_BODY} bytes.`) };
  }
  const request: AsyncRequest = {
    ...namesOf(input, asynchronous.OutputConfig),
    endpoint: name,
    acceptedAt: scope.clock.now(),
    // Not shortened by the clock's scale: the queue moves as fast as the model really answers.
    expiresAt: scope.clock.now() + (input.number("RequestTTLSeconds") ?? TTL_SECONDS) * 1000,
    timeoutMs: (input.number("InvocationTimeoutSeconds") ?? TIMEOUT_SECONDS) * 1000,
    input: location === undefined ? { base64: Buffer.from(body).toString("base64") } : { location },
    headers: containerHeaders(input),
  };
  scope.store.commit([{ table: "asyncRequests", region: scope.region, key: request.id, value: request }]);
  return request;
}

/** The configuration an endpoint of this very name serves by; undefined where none serves. */
function servingConfig(scope: Scope, name: string): JsonObject | undefined {
  const endpoint = findEndpoint(scope, name);
  const view = endpoint === undefined ? undefined : viewEndpoint(endpoint, scope.clock.now());
  return endpoint?.name === name && view?.phase.serves !== undefined ? view.fleet.config : undefined;
}

function namesOf(input: RuntimeInput, config: JsonObject[string] | undefined) {
  const id = randomUUID();
  const output = folderAt(config, "S3OutputPath");
  const failure = folderAt(config, "S3FailurePath");
  const extension = input.text("S3OutputPathExtension")?.replace(/^\/+|\/+$/g, "");
  const file = input.text("Filename") ?? `${id}.out`;
  const path = extension === undefined || extension === "" ? file : `${extension}/${file}`;
  return {
    id,
    inferenceId: input.text("InferenceId") ?? id,
    output: output === undefined ? null : locationUri(below(output, path)),
    failure: failure === undefined ? null : locationUri(below(failure, `${id}-error.out`)),
  };
}

function folderAt(config: JsonObject[string] | undefined, member: string) {
  return isJsonObject(config) ? parseLocation(stringAt(config, member) ?? "") : undefined;
}

function containerHeaders(input: RuntimeInput): Record<string, string> {
  const named = [
    ["content-type", input.text("ContentType")],
    ["accept", input.text("Accept")],
    ["x-amzn-sagemaker-custom-attributes", input.text("CustomAttributes")],
    ["x-amzn-sagemaker-inference-id", input.text("InferenceId")],
  ] as const;
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
