import { isJsonObject, type JsonObject } from "../../json.ts";
import type { PromptEvent } from "../open-generation.ts";
import { readBody } from "../read-body.ts";
import type { Invocation, Reply, Surroundings } from "../reply.ts";
import { answer3p } from "./answer-3p.ts";
import type { Asked } from "./answer-parts.ts";
import { answerRollingChat } from "./answer-rolling-chat.ts";
import { chooseFormatter, type Formatter } from "./choose-formatter.ts";
import { inputError } from "./failures.ts";
import { readRequest, showsPrefill, topOf } from "./read-request.ts";
import { sendSequences } from "./send-sequences.ts";
import { sendSteps } from "./send-steps.ts";
import type { Rolling } from "./steps.ts";
import type { TokenNames } from "./token-fields.ts";
import { writeJson, writeSequences } from "./write-json.ts";
import { writeLines } from "./write-lines.ts";
import { writePieces } from "./write-pieces.ts";

/** Answers as LMI 0.27 to 0.36 with rolling batch does; the body alone decides the schema (lmi-wire 2). */
export async function answerRolling(
  container: Rolling,
  invocation: Invocation,
  surroundings: Surroundings,
): Promise<Reply> {
  const body = readBody(invocation);
  if (body.kind === "unparsable") return inputError(container, body.message);
  if (body.value.messages !== undefined) {
    return answerRollingChat(container, body.value, invocation.signal, surroundings);
  }
  if (container.bedrock) return answer3p(container, body.value, invocation, surroundings);
  const parameters = isJsonObject(body.value.parameters) ? body.value.parameters : {};
  const refused = refusedFormatter(parameters);
  if (refused !== undefined) return inputError(container, refused);
  const request = readRequest(container, body.value, surroundings.newSeed());
  if (request.kind === "invalid") return inputError(container, request.message);
  const formatter = chooseFormatter(container, body.value);
  const sending = { container, formatter, request, surroundings, signal: invocation.signal };
  const inputs = request.generation.prompt;
  function asked(prompt: PromptEvent): Asked {
    return askedOf(container, formatter, parameters, { inputs, prompt });
  }
  if (formatter === "sse" || formatter === "jsonlines") {
    return sendSteps(sending, {
      kind: "stream",
      write: (steps, prompt) => writeLines(formatter, steps, asked(prompt)),
    });
  }
  if (container.minor <= 28) {
    return sendSteps(sending, {
      kind: "stream",
      write: (steps, prompt) => writePieces(steps, asked(prompt)),
    });
  }
  return request.sequences > 1
    ? sendSequences(sending, (sequences, prompt) => writeSequences(sequences, asked(prompt)))
    : sendSteps(sending, { kind: "whole", write: (steps, prompt) => writeJson(steps, asked(prompt)) });
}

// Names that change what a body means; every other unknown name counts as not set.
function refusedFormatter({ output_formatter: name }: JsonObject): string | undefined {
  if (name === "none") return "'NoneType' object is not callable";
  return ["3p", "3p_stream", "json_chat", "jsonlines_chat", "sse_chat"].some((known) => known === name)
    ? `output_formatter ${String(name)} by request is not emulated by this sandbox`
    : undefined;
}

function askedOf(
  container: Rolling,
  formatter: Formatter,
  parameters: JsonObject,
  { inputs, prompt }: { inputs: string; prompt: PromptEvent },
): Asked {
  // 0.28 forgets the other names where lines are asked for by name.
  const tgi =
    container.tgi && container.minor >= 28 && !(container.minor === 28 && formatter === "jsonlines");
  const names: TokenNames = container.minor === 27 ? "lists" : tgi ? "tgi" : "plain";
  return {
    container,
    inputs,
    prompt,
    names,
    details: typeof parameters.details === "boolean" ? parameters.details : tgi,
    fullText: parameters.return_full_text === true,
    prefill: showsPrefill(container, parameters),
    top: topOf(container, parameters) > 0,
    array: container.tgi,
  };
}
