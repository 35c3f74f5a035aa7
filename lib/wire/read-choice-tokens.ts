import { readLogProb } from "#lib/wire/log-prob.ts";
import { isRecord, type JsonRecord, readList, readNumber, readString } from "#lib/wire/records.ts";
import type { Alternative } from "#lib/wire/stream-event.ts";

/** One token of a chunk as its log probabilities name it: `text` is what it decodes to alone. */
export type ChoiceToken = {
  id: number | null;
  text: string;
  logProb: unknown;
  alternatives: Alternative[] | null;
};

/** The tokens in `choices[].logprobs`, or none. `token_ids` is there when `return_token_ids` was asked for. */
export function readChoiceTokens(choice: JsonRecord): ChoiceToken[] {
  // 0.27 to 0.31 wrap the object of a chat chunk in a list by mistake.
  const logprobs = Array.isArray(choice.logprobs) ? choice.logprobs[0] : choice.logprobs;
  if (!isRecord(logprobs)) return [];
  const ids = readList(choice.token_ids);
  return Array.isArray(logprobs.content)
    ? logprobs.content.filter(isRecord).map((entry, index) => readChatToken(entry, ids[index]))
    : readList(logprobs.tokens).map((text, index) => readCompletionToken(logprobs, text, index, ids[index]));
}

function readChatToken(entry: JsonRecord, id: unknown): ChoiceToken {
  return {
    id: readNumber(id),
    text: readString(entry.token) ?? "",
    logProb: entry.logprob,
    alternatives: readChatAlternatives(readList(entry.top_logprobs)),
  };
}

/** In rolling chat streams `token` is the log probability itself, a number: such an entry names no token. */
function readChatAlternatives(entries: unknown[]): Alternative[] | null {
  const alternatives = entries.filter(isRecord).flatMap((entry) => {
    const text = readString(entry.token);
    return text === null ? [] : [{ id: null, text, logProb: readLogProb(entry.logprob).logProb }];
  });
  return alternatives.length === 0 ? null : alternatives;
}

function readCompletionToken(logprobs: JsonRecord, text: unknown, index: number, id: unknown): ChoiceToken {
  const top = readList(logprobs.top_logprobs)[index];
  return {
    id: readNumber(id),
    text: readString(text) ?? "",
    logProb: readList(logprobs.token_logprobs)[index],
    alternatives: isRecord(top) ? readCompletionAlternatives(top) : null,
  };
}

/** An object of text to number. Its order is lost for texts that look like integers, so it is sorted: surest first. */
function readCompletionAlternatives(top: JsonRecord): Alternative[] {
  return Object.entries(top)
    .map(([text, value]) => ({ id: null, text, logProb: readLogProb(value).logProb }))
    .sort((a, b) => (b.logProb ?? Number.NEGATIVE_INFINITY) - (a.logProb ?? Number.NEGATIVE_INFINITY));
}
