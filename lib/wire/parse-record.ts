import type { AnswerMemory } from "#lib/wire/answer-memory.ts";
import { bedrockSchema } from "#lib/wire/chunk-schemas.ts";
import { detectDialect } from "#lib/wire/dialects.ts";
import { readChoicesLine } from "#lib/wire/read-choices.ts";
import { readErrorRecord } from "#lib/wire/read-error-body.ts";
import { readLmiDocument, readLmiLine, textToken } from "#lib/wire/read-lmi.ts";
import { isRecord, type JsonRecord, readList, readString } from "#lib/wire/records.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

/**
 * One JSON value of an answer, in whatever dialect, to events without `raw`. Null: it is in none of them. TGI mode
 * and dynamic batching put their document into an array.
 */
export function parseValue(value: unknown, memory: AnswerMemory): StreamEvent[] | null {
  if (isRecord(value)) return parseRecord(value, memory);
  const read = readList(value).map((item) => (isRecord(item) ? parseRecord(item, memory) : null));
  return read.every((events) => events === null) ? null : read.flatMap((events) => events ?? []);
}

function parseRecord(record: JsonRecord, memory: AnswerMemory): StreamEvent[] | null {
  // The one case that comes once a token goes first and past the switch.
  if (isRecord(record.token)) return readLmiLine(record, record.token, memory);
  switch (detectDialect(record)) {
    case "choices":
      return readChoicesLine(record, readList(record.choices), memory);
    case "lmi-document":
      return readLmiDocument(record, memory);
    case "outputs":
      return readOutputs(record, memory);
    case "bedrock":
      return readBedrock(isRecord(record.body) ? record.body : record, memory);
    case "error":
      memory.over = true;
      return [{ type: "error", ...readErrorRecord(record) }];
    default:
      return null;
  }
}

/** Dynamic batching: one text for each prompt of the batch, and we send one prompt. It has no end marker. */
function readOutputs(record: JsonRecord, memory: AnswerMemory): StreamEvent[] {
  const text = readString(readList(record.outputs)[0]) ?? "";
  memory.answer += text;
  memory.endless = true;
  return [textToken(text)];
}

function readBedrock(body: JsonRecord, memory: AnswerMemory): StreamEvent[] {
  const { generation, stop_reason, prompt_token_count, generation_token_count } = bedrockSchema.parse(body);
  memory.answer += generation;
  const events: StreamEvent[] = generation === "" ? [] : [textToken(generation)];
  if (stop_reason !== null) {
    memory.over = true;
    events.push({
      type: "end",
      rawReason: stop_reason,
      generatedText: memory.answer,
      generatedTokens: generation_token_count,
      inputTokens: prompt_token_count,
    });
  }
  return events;
}
