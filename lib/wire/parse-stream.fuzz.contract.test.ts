import { describe, expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

type Random = () => number;

/** A small generator with a seed (mulberry32), so that a failure can be run again. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

const TEXTS = [
  "Deep",
  " is",
  "",
  '"',
  "\\",
  "\n",
  "\r\n",
  "{",
  "}",
  "]",
  '{"token": {"id": 1}}',
  "data: [DONE]",
  "\u2028",
  "\u0085",
  "\uFEFF",
  "你好",
  "👩‍💻",
  "é",
  "NaN",
  "-Infinity",
] as const;

/** Lines in one of the dialects that send one token a line, each with a token id that tells it from all others. */
const WRITERS: ((id: number, text: string, logProb: number) => string)[] = [
  (id, text, log_prob) => JSON.stringify({ token: { id, text, log_prob } }),
  (id, text, log_prob) => JSON.stringify({ token: { id: [id], text, log_prob } }),
  (id, text, logprob) =>
    JSON.stringify({ index: 0, token: { id, text, logprob }, generated_text: null, details: null }),
  (id, text, log_prob) => `data: ${JSON.stringify({ token: { id, text, log_prob } })}`,
  (id, text, logprob) =>
    JSON.stringify({
      choices: [
        {
          text,
          token_ids: [id],
          logprobs: { tokens: [text], token_logprobs: [logprob], top_logprobs: null },
        },
      ],
    }),
  (id, text, logprob) =>
    JSON.stringify({
      choices: [
        { delta: { content: text }, token_ids: [id], logprobs: { content: [{ token: text, logprob }] } },
      ],
    }),
];

/** Whether bytes that stand outside of strings as Python writes them. */
function withBareNaN(line: string): string {
  return line.replace(/("log_?prob"): ?-[\d.]+/, "$1: NaN");
}

function writeLines(random: Random): string[] {
  const writer = pick(random, WRITERS);
  return Array.from({ length: 1 + below(random, 12) }, (_, index) => {
    const line = writer(1000 + index, pick(random, TEXTS), -random() * 8);
    return random() < 0.05 ? withBareNaN(line) : line;
  });
}

const encoder = new TextEncoder();

function parseAll(chunks: Uint8Array[]): StreamEvent[] {
  const parser = createStreamParser();
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()];
}

function cutAnywhere(random: Random, body: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    // Empty chunks happen too.
    const next = Math.min(body.length, at + below(random, 120));
    chunks.push(body.subarray(at, next));
    at = next;
  }
  return chunks;
}

function ids(events: StreamEvent[]): number[] {
  return events.flatMap((event) => (event.type === "token" && event.id !== null ? [event.id] : []));
}

const NEWLINE = 10;

/** Changes some bytes of one line, none into a line end. */
function damage(random: Random, line: string): Uint8Array {
  const bytes = [...encoder.encode(line)];
  for (let times = 1 + below(random, 4); times > 0; times -= 1) {
    const at = below(random, bytes.length + 1);
    const byte = random() < 0.5 ? pick(random, [34, 92, 123, 125, 91, 93, 0, 255, 195]) : below(random, 256);
    const safe = byte === NEWLINE ? 0 : byte;
    const removed = below(random, 4);
    if (random() < 0.5) bytes.splice(at, removed);
    else bytes.splice(at, random() < 0.5 ? 1 : 0, safe);
  }
  return Uint8Array.from(bytes);
}

function joinWith(parts: Uint8Array[], separator: number): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part, separator]));
}

describe("whatever the chunk boundaries", () => {
  test("4 000 random answers, each in random chunks, give equal events", () => {
    const random = seeded(1);
    for (let round = 0; round < 4_000; round += 1) {
      const lines = writeLines(random);
      const body = encoder.encode(lines.join("\n") + (random() < 0.5 ? "\n" : ""));
      const whole = parseAll([body]);
      expect(String(ids(whole))).toBe(String(lines.map((_, index) => 1000 + index)));
      const chunks = cutAnywhere(random, body);
      if (JSON.stringify(parseAll(chunks)) !== JSON.stringify(whole)) {
        expect.fail(`round ${round}: ${JSON.stringify(chunks.map((chunk) => chunk.length))} of ${lines}`);
      }
    }
  });
});

describe("whatever is broken", () => {
  test("8 000 answers with one damaged line: every other line is read, in order", () => {
    const random = seeded(2);
    for (let round = 0; round < 8_000; round += 1) {
      const lines = writeLines(random);
      const victim = below(random, lines.length);
      const parts = lines.map((line, index) =>
        index === victim ? damage(random, line) : encoder.encode(line),
      );
      const events = parseAll(cutAnywhere(random, joinWith(parts, NEWLINE)));
      const found = ids(events);
      for (const [index] of lines.entries()) {
        if (index === victim || found.includes(1000 + index)) continue;
        expect.fail(`round ${round}: token ${index} lost beside ${new TextDecoder().decode(parts[victim])}`);
      }
      const wanted = lines.map((_, index) => 1000 + index).filter((id) => id !== 1000 + victim);
      expect(String(found.filter((id) => wanted.includes(id)))).toBe(String(wanted));
    }
  });

  test("4 000 answers with a line end lost or put in: the lines beside it are read", () => {
    const random = seeded(3);
    for (let round = 0; round < 4_000; round += 1) {
      const lines = writeLines(random);
      const victim = below(random, lines.length);
      const line = lines[victim] ?? "";
      const at = below(random, line.length);
      const broken = random() < 0.5;
      const body = lines
        .map((one, index) => {
          if (index !== victim) return `${one}\n`;
          return broken ? `${line.slice(0, at)}\n${line.slice(at)}\n` : line;
        })
        .join("");
      const found = ids(parseAll([encoder.encode(body)]));
      // Two lines glued together are both there; a line cut in two may be lost, and only that one.
      const wanted = lines.map((_, index) => 1000 + index).filter((id) => !broken || id !== 1000 + victim);
      expect(String(found.filter((id) => wanted.includes(id))), `round ${round}: ${body}`).toBe(
        String(wanted),
      );
    }
  });

  test("8 000 bodies of noise: nothing is thrown and nothing is a token", () => {
    const random = seeded(4);
    const alphabet = encoder.encode('{}[]",:\\ \n\rdata-NaInfty019eE+.');
    for (let round = 0; round < 8_000; round += 1) {
      const body = Uint8Array.from({ length: below(random, 120) }, () =>
        random() < 0.9 ? (alphabet[below(random, alphabet.length)] ?? 0) : below(random, 256),
      );
      const events = parseAll(cutAnywhere(random, body));
      expect(events.filter((event) => event.type === "token")).toEqual([]);
    }
  });

  test("fields of any type in any place: nothing is thrown", () => {
    const random = seeded(5);
    const names =
      "token text id log_prob logprob special details tokens top_tokens choices delta message content";
    const more = "logprobs token_ids usage error code outputs body generation generated_text finish_reason";
    const keys = `${names} ${more} top_logprobs token_logprobs tool_calls function arguments detail`.split(
      " ",
    );
    function anything(depth: number): unknown {
      const kind = below(random, depth > 4 ? 5 : 8);
      if (kind < 5) return pick(random, [null, true, -1, 1e308, "text", ""]);
      if (kind === 5) return Array.from({ length: below(random, 4) }, () => anything(depth + 1));
      return Object.fromEntries(
        Array.from({ length: 1 + below(random, 6) }, () => [pick(random, keys), anything(depth + 1)]),
      );
    }
    for (let round = 0; round < 8_000; round += 1) {
      const body = encoder.encode(`${JSON.stringify(anything(0))}\n`);
      for (const event of parseAll([body]))
        if (event.type === "token") expect(event.text).toBeTypeOf("string");
    }
  });
});
