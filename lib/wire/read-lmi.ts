import { type AnswerMemory, emptyMemory, memoryOfChoice } from "#lib/wire/answer-memory.ts";
import { detailsSchema } from "#lib/wire/chunk-schemas.ts";
import { readLogProb } from "#lib/wire/log-prob.ts";
import { isRecord, type JsonRecord, readIndex, readNumber, readString } from "#lib/wire/records.ts";
import type { Alternative, StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";

/** One line of the LMI schema: `{"token": {...}}`, and on the last one `generated_text` and `details`. */
export function readLmiLine(record: JsonRecord, token: JsonRecord, memory: AnswerMemory): StreamEvent[] {
  memory.tokenLines += 1;
  const failure = failureOf(token);
  const choice = readIndex(record.index);
  // Knowing of another answer is all that is needed here: its text stands in its own tokens.
  if (choice > 0) memoryOfChoice(memory, choice);
  const events: StreamEvent[] = failure === null ? [ofChoice(readLmiToken(token), choice)] : [];
  // Async lines carry both keys as null until the end.
  const isLast = typeof record.generated_text === "string" || isRecord(record.details);
  if (isLast) events.push(...readEnding(record, memory, failure).map((event) => ofChoice(event, choice)));
  else if (failure !== null) events.push(fail(failure, memory));
  return events;
}

/** A whole answer of the LMI schema: `{"generated_text", "details"?}`. */
export function readLmiDocument(record: JsonRecord, memory: AnswerMemory): StreamEvent[] {
  const tokens = readDocumentTokens(record.details);
  const text = readString(record.generated_text) ?? "";
  if (tokens.length === 0 && text !== "") tokens.push(textToken(text));
  memory.tokenLines += tokens.length;
  return [...tokens, ...readEnding(record, memory, null), ...readOtherSequences(record.details)];
}

/** Says whose an event is; the first answer's carry no mark. */
export function ofChoice<Event extends StreamEvent>(event: Event, choice: number): Event {
  return choice === 0 ? event : { ...event, choice };
}

/** `best_of_sequences` holds the other answers, each a document of its own. */
function readOtherSequences(details: unknown): StreamEvent[] {
  const sequences = detailsSchema.safeParse(details).data?.best_of_sequences ?? [];
  return sequences.filter(isRecord).flatMap((sequence, index) => {
    const memory = emptyMemory();
    const document = { generated_text: sequence.generated_text, details: sequence };
    return readLmiDocument(document, memory).map((event) => ofChoice(event, index + 1));
  });
}

/** A piece of text from a dialect that knows neither ids nor log probabilities. */
export function textToken(text: string): StreamToken {
  return {
    type: "token",
    id: null,
    text,
    logProb: null,
    logProbNote: "not-sent",
    special: false,
    counts: true,
  };
}

/**
 * 0.26 and 0.27 leave falsy fields out, so any field may be missing. Names differ: `log_prob` or (TGI names,
 * async) `logprob`, `special_token` or `special`; 0.27's id is a list of one.
 */
function readLmiToken(token: JsonRecord): StreamToken {
  const text = readString(token.text) ?? "";
  const id = readId(token.id);
  const reading = readLogProb("log_prob" in token ? token.log_prob : token.logprob);
  const event: StreamToken = {
    type: "token",
    // The HF scheduler gives every token id -1: with a text it is a token whose id nobody knows.
    id: id === -1 && text !== "" ? null : id,
    text,
    logProb: reading.logProb,
    special: token.special_token === true || token.special === true,
    counts: id !== -1 || text !== "",
  };
  if (reading.note !== null) event.logProbNote = reading.note;
  return event;
}

function readId(value: unknown): number | null {
  return readNumber(Array.isArray(value) ? value[0] : value);
}

/** 0.28's stand-in for a failure is shaped like a token; 0.29+ Python has `error_msg`. Null: a token like any. */
function failureOf(token: JsonRecord): string | null {
  if (typeof token.error_msg === "string") return token.error_msg;
  const isSpecial = token.special_token === true || token.special === true;
  const isStandIn = token.id === -1 && isSpecial && (token.log_prob ?? token.logprob) === -1;
  return isStandIn ? "" : null;
}

function readEnding(record: JsonRecord, memory: AnswerMemory, failure: string | null): StreamEvent[] {
  const details = detailsSchema.safeParse(record.details).data;
  const reason = details?.finish_reason ?? null;
  const end: StreamEvent = {
    type: "end",
    rawReason: reason === null ? null : String(reason),
    // Of interleaved answers vLLM's async handler writes the pieces of all of them, mixed.
    generatedText: memory.others.size > 0 ? null : readString(record.generated_text),
  };
  if (typeof reason === "number") end.stopReason = reason;
  if (details) {
    if (details.inputs !== null) end.prompt = details.inputs;
    if (details.seed !== null) end.seed = details.seed;
    if (details.prefill.length > 0) end.promptTokens = readTokenList(details.prefill);
    end.generatedTokens = details.generated_tokens;
    end.inputTokens = details.input_length;
    const topTokens = readTopTokens(details.top_tokens);
    // One list an engine step: with several tokens in a step nobody can say which list belongs to which.
    if (topTokens.length > 0 && topTokens.length === memory.tokenLines) end.topTokens = topTokens;
  }
  memory.over = true;
  return reason === "error" || failure !== null ? [end, fail(failure ?? "", memory)] : [end];
}

function fail(message: string, memory: AnswerMemory): StreamEvent {
  memory.over = true;
  return { type: "error", message, code: null };
}

function readDocumentTokens(value: unknown): StreamToken[] {
  const details = detailsSchema.safeParse(value).data;
  if (!details) return [];
  const records = details.tokens.filter(isRecord).filter((token) => failureOf(token) === null);
  const topTokens = readTopTokens(details.top_tokens);
  return records.map((record, index) => {
    const token = readLmiToken(record);
    const alternatives = topTokens.length === records.length ? topTokens[index] : undefined;
    return alternatives === undefined ? token : { ...token, alternatives };
  });
}

function readTopTokens(lists: unknown[]): Alternative[][] {
  return lists.map((list) => readTokenList(Array.isArray(list) ? list : []));
}

function readTokenList(list: unknown[]): Alternative[] {
  return list.filter(isRecord).map((entry) => {
    const { id, text, logProb } = readLmiToken(entry);
    return { id, text, logProb };
  });
}
