import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./answer.ts";
import { acceptAsync } from "./asynchronous/accept.ts";
import { type Running, runtimePartsOf, scopeOf } from "./running.ts";
import type { InvocationPath } from "./runtime/invocation-path.ts";
import { invoke, refuse } from "./runtime/invoke.ts";
import { invokeOpenAi } from "./runtime/invoke-openai.ts";
import { verifyBearerToken } from "./signature/verify-bearer-token.ts";

type Invoked = InvocationPath & { readonly body: Uint8Array };

/** Answers a call of the runtime whose signature holds. */
export async function runInvocation(
  running: Running,
  region: string,
  { endpoint, operation, body }: Invoked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (operation === "async-invocations") {
    const accepted = acceptAsync(scopeOf(running, region), endpoint, request.headers, body);
    if ("refusal" in accepted) return refuse(response, accepted.refusal);
    await running.store.flushed();
    const { inferenceId, output, failure } = accepted;
    if (output !== null) response.setHeader("X-Amzn-SageMaker-OutputLocation", output);
    if (failure !== null) response.setHeader("X-Amzn-SageMaker-FailureLocation", failure);
    sendJson(response, 202, { InferenceId: inferenceId });
    running.background.wake();
    return;
  }
  countLive(running, response);
  const stream = operation === "invocations-response-stream";
  await invoke(runtimePartsOf(running, region), { endpoint, stream, body }, request, response);
}

/** Answers a call of the OpenAI path, which brings a token in place of a signature. */
export async function runOpenAi(
  running: Running,
  { endpoint, component, api, body }: Invoked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const verified = verifyBearerToken(request.headers.authorization, running.settings.wall());
  if ("message" in verified) {
    const { kind, message } = verified;
    const code = kind === "missing" ? "missing_api_key" : "invalid_api_key";
    if (kind === "missing") response.setHeader("www-authenticate", "Bearer");
    return sendJson(response, kind === "missing" ? 401 : 403, openAiError(message, code));
  }
  // SageMaker routes nothing else, and LMI has no other route (lmi-wire 2).
  if (api !== "chat/completions") {
    const message = `SageMaker has no route /openai/v1/${api}; it has /openai/v1/chat/completions.`;
    return sendJson(response, 404, openAiError(message, "not_found"));
  }
  countLive(running, response);
  await invokeOpenAi(
    runtimePartsOf(running, verified.region),
    { endpoint, component, body },
    request,
    response,
  );
}

function openAiError(message: string, code: string) {
  return { error: { message, type: "invalid_request_error", param: null, code } };
}

function countLive({ live }: Running, response: ServerResponse): void {
  live.add(response);
  // `close` comes also where a client leaves before the end, `finish` does not.
  response.on("close", () => live.delete(response));
}
