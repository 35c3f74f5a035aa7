import { explain, invalid } from "#app/api/explain-schema.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { type InvokeRequest, invokeRequestSchema } from "#lib/run/invoke-request.ts";

/** The request of `POST /api/invoke`, or what is wrong with it, by field. */
export function parseInvokeRequest(text: string): Result<InvokeRequest> {
  const parsed = invokeRequestSchema.safeParse(parseJson(text), { reportInput: true });
  if (!parsed.success) return fail(explain(parsed.error));
  const failure = checkWords(parsed.data);
  return failure === null ? succeed(parsed.data) : fail(failure);
}

/** What a schema of single fields cannot say: whom, and exactly one of prompt and messages. */
export function checkWords({
  prompt,
  messages,
  endpointName,
}: Pick<InvokeRequest, "prompt" | "messages" | "endpointName">): Failure | null {
  if (endpointName === "") return invalid("Pick an endpoint to ask.", "endpointName");
  if (prompt !== undefined && messages !== undefined)
    return invalid("Send a prompt or messages, not both.", "messages", "Leave one of the two out.");
  if (prompt === undefined && messages === undefined)
    return invalid("There is nothing to send.", "prompt", "Give a prompt, or chat messages.");
  if (prompt !== undefined && prompt.trim() === "")
    return invalid("The prompt is empty.", "prompt", "Write something for the model to go on from.");
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
