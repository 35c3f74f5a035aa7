import { isJsonObject } from "../../json.ts";
import type { Container } from "../choose-container.ts";
import { readBody } from "../read-body.ts";
import type { Invocation, Reply, Surroundings } from "../reply.ts";
import { answerLmiSchema } from "./lmi-schema.ts";
import { answerChat } from "./openai-chat.ts";
import { answerCompletions } from "./openai-completions.ts";
import { errorReply, inputError } from "./vllm-errors.ts";

const MODEL = "lmi";

/** Answers as LMI's async mode does (v15 and later); the body alone decides the schema (lmi-wire 2). */
export async function answerAsync(
  { lmi, engine }: Extract<Container, { family: "async" }>,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const body = readBody(invocation);
  if (body.kind === "unparsable") {
    return inputError(body.message);
  }
  const { value } = body;
  // LMI fills the name in; one that is not served is vLLM's to refuse.
  // An empty one is none to vLLM, and what clients send that must send something.
  const model = value.model === "" ? MODEL : (value.model ?? MODEL);
  if (model !== MODEL) {
    const message = `The model \`${String(model)}\` does not exist.`;
    const schema = value.prompt === undefined && value.inputs !== undefined ? "lmi" : "openai";
    return errorReply(lmi, schema, { message, type: "NotFoundError", code: 404 });
  }
  if (engine === "trtllm" && value.inputs === undefined) {
    return inputError("TensorRT-LLM's own schemas are not emulated by this sandbox; send inputs");
  }
  // In this order: LMI looks at `prompt` first.
  if (value.prompt !== undefined && engine === "vllm") {
    return answerCompletions(lmi, value, invocation.signal, surroundings);
  }
  if (value.inputs !== undefined) {
    const parameters = value.parameters ?? {};
    return isJsonObject(parameters)
      ? answerLmiSchema({ lmi, engine }, { ...value, parameters }, invocation.signal, surroundings)
      : inputError("'parameters' must be an object");
  }
  if (value.messages !== undefined) {
    return answerChat(lmi, value, invocation.signal, surroundings);
  }
  return inputError("invalid payload. must contain prompt, inputs, or messages");
}
