import { alignTexts } from "#lib/wire/align-texts.ts";
import { type AnswerMemory, type ChoiceMemory, memoryOfChoice } from "#lib/wire/answer-memory.ts";
import { usageSchema } from "#lib/wire/chunk-schemas.ts";
import { readLogProb } from "#lib/wire/log-prob.ts";
import { type ChoiceToken, readChoiceTokens } from "#lib/wire/read-choice-tokens.ts";
import { ofChoice, textToken } from "#lib/wire/read-lmi.ts";
import { isRecord, type JsonRecord, readIndex, readList, readNumber, readString } from "#lib/wire/records.ts";
import type { StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";

/**
 * One object of OpenAI's dialects, streamed or whole: completions (`choices[].text`) and chat (`delta` or
 * `message`). A line with `choices: []` carries only `usage`.
 */
export function readChoicesLine(record: JsonRecord, choices: unknown[], memory: AnswerMemory): StreamEvent[] {
  const events = choices.filter(isRecord).flatMap((choice) => readChoice(choice, memory));
  const usage = isRecord(record.usage) ? usageSchema.parse(record.usage) : null;
  if (usage !== null) {
    const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage;
    events.push({ type: "usage", inputTokens, outputTokens });
  }
  return events;
}

/** Where a piece of text goes; null is the answer itself. */
type Piece = { text: string; channel: StreamToken["channel"] | null; tool?: string | undefined };

function readChoice(choice: JsonRecord, memory: AnswerMemory): StreamEvent[] {
  const index = readIndex(choice.index);
  return readAnswer(choice, memoryOfChoice(memory, index), memory).map((event) => ofChoice(event, index));
}

function readAnswer(choice: JsonRecord, memory: ChoiceMemory, whole: AnswerMemory): StreamEvent[] {
  const reason = readString(choice.finish_reason);
  const pieces = readPieces(choice);
  const tokens = readChoiceTokens(choice);
  const events: StreamEvent[] =
    tokens.length > 0
      ? joinTokens(tokens, pieces, reason === "stop", memory)
      : joinIds(readList(choice.token_ids), pieces);
  for (const piece of pieces) if (piece.channel === null) memory.answer += piece.text;
  if (reason !== null) {
    whole.over = true;
    events.push(readEnd(choice, reason, memory));
  }
  return events;
}

function readPieces(choice: JsonRecord): Piece[] {
  if (typeof choice.text === "string") return [{ text: choice.text, channel: null }];
  const delta = isRecord(choice.delta) ? choice.delta : choice.message;
  if (!isRecord(delta)) return [];
  // vLLM renamed reasoning_content to reasoning; a parser may send both a thought and an answer in one chunk.
  const reasoning = readString(delta.reasoning_content) ?? readString(delta.reasoning) ?? "";
  const pieces: Piece[] = [
    { text: reasoning, channel: "reasoning" },
    { text: readToolText(delta.tool_calls), channel: "tool-call", tool: readToolName(delta.tool_calls) },
    { text: readString(delta.content) ?? "", channel: null },
  ];
  return pieces.filter((piece) => piece.text !== "");
}

/** The arguments only: rolling batch repeats the tool's name in every chunk. */
function readToolText(calls: unknown): string {
  return readList(calls)
    .map((call) =>
      isRecord(call) && isRecord(call.function) ? (readString(call.function.arguments) ?? "") : "",
    )
    .join("");
}

function readToolName(calls: unknown): string | undefined {
  for (const call of readList(calls)) {
    const name = isRecord(call) && isRecord(call.function) ? readString(call.function.name) : null;
    if (name !== null) return name;
  }
  return undefined;
}

/** Without log probabilities a chunk is one piece of text, and at best the ids of its tokens. */
function joinIds(ids: unknown[], pieces: Piece[]): StreamToken[] {
  if (pieces.every((piece) => piece.text === "") && ids.length === 0) return [];
  const shown = pieces.length === 0 ? [{ text: "", channel: null }] : pieces;
  const events = shown.map((piece) => intoChannel(textToken(piece.text), piece));
  for (const [index, id] of ids.entries()) {
    // More ids than texts: the text stands at the first, so that counts are right and no text is said twice.
    const event = events[index] ?? textToken("");
    event.id = readNumber(id);
    if (index >= events.length) events.push(event);
  }
  return events;
}

function joinTokens(
  tokens: ChoiceToken[],
  pieces: Piece[],
  stopped: boolean,
  memory: ChoiceMemory,
): StreamToken[] {
  const piece = pieces.map((one) => one.text).join("");
  const texts = attributeTexts(
    tokens.map((token) => token.text),
    piece,
    memory,
  );
  const only = pieces.length === 1 ? pieces[0] : undefined;
  const events = tokens.map((token, index) => {
    const reading = readLogProb(token.logProb);
    const event: StreamToken = {
      type: "token",
      id: token.id,
      text: texts[index] ?? token.text,
      logProb: reading.logProb,
      special: false,
      counts: true,
    };
    if (reading.note !== null) event.logProbNote = reading.note;
    if (token.alternatives !== null) event.alternatives = token.alternatives;
    return only === undefined ? event : intoChannel(event, only);
  });
  // vLLM names the end-of-text token (`</s>`) among the tokens but keeps it out of the text; so does it with the
  // last token of a stop string. Fed back as a prompt, such a text would change what the model reads.
  const last = events.at(-1);
  if (stopped && last && last.text !== "" && memory.pending.endsWith(last.text)) last.special = true;
  return events;
}

function attributeTexts(own: string[], piece: string, memory: ChoiceMemory): string[] {
  const joined = own.join("");
  if (memory.pending === "" && joined === piece) return own;
  const waiting = memory.pending;
  const unshown = waiting + joined;
  memory.pending = unshown.startsWith(piece) ? unshown.slice(piece.length) : "";
  // While pieces lag behind, a piece is other tokens' text; broken characters are the one lag that is put right.
  return /^\uFFFD*$/.test(waiting) ? (alignTexts(own, piece) ?? own) : own;
}

function intoChannel(event: StreamToken, piece: Piece): StreamToken {
  if (piece.channel) event.channel = piece.channel;
  if (piece.tool !== undefined) event.tool = piece.tool;
  return event;
}

function readEnd(choice: JsonRecord, reason: string, memory: ChoiceMemory): StreamEvent {
  const end: StreamEvent = { type: "end", rawReason: reason, generatedText: memory.answer };
  const stopReason = choice.stop_reason;
  if (typeof stopReason === "string" || typeof stopReason === "number" || stopReason === null) {
    end.stopReason = stopReason;
  }
  return end;
}
