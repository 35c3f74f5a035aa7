import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

// Random cuts and corruptions of the recorded bodies. The check does a few thousand; a million is
// `FUZZ_ROUNDS=1000000 npx vitest run lib/wire/recorded-bodies.fuzz.test.ts`.
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 2_000);

const FOLDER = new URL("./fixtures/lmi-wire/", import.meta.url);
const NEWLINE = 10;

type Random = () => number;

/** Mulberry32, so that a failure can be run again. */
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

function parseAll(chunks: readonly Uint8Array[]): StreamEvent[] {
  const parser = createStreamParser();
  const events: StreamEvent[] = [];
  for (const chunk of chunks) for (const event of parser.push(chunk)) events.push(event);
  for (const event of parser.end()) events.push(event);
  return events;
}

function tokenLines(events: readonly StreamEvent[]): string[] {
  return events.flatMap((event) => (event.type === "token" && event.raw !== undefined ? [event.raw] : []));
}

/** Bodies of which each line is complete by itself, so that damage to one can cost that one alone. */
function isByLines(body: string): boolean {
  return body.split("\n").every((line) => {
    const json = line.replace(/^data: /, "");
    return json === "" || json === "[DONE]" || isJson(json);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const BODIES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".bin"))
  .map((name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, FOLDER)));
    const text = new TextDecoder().decode(bytes);
    const lines = text.split("\n").map((line) => new TextEncoder().encode(line));
    return { name, bytes, lines: isByLines(text) ? lines : null, wanted: tokenLines(parseAll([bytes])) };
  });

/** Some bytes changed, lost or put in; never a line end, which would make two lines of one. */
function damage(random: Random, line: Uint8Array): Uint8Array {
  const bytes = [...line];
  for (let times = 1 + below(random, 4); times > 0; times -= 1) {
    const at = below(random, bytes.length + 1);
    if (random() < 0.4) bytes.splice(at, below(random, 12));
    else {
      const byte =
        random() < 0.5 ? ([34, 92, 123, 125, 91, 93, 0, 255][below(random, 8)] ?? 0) : below(random, 256);
      bytes.splice(at, random() < 0.5 ? 1 : 0, byte === NEWLINE ? 32 : byte);
    }
  }
  return Uint8Array.from(bytes);
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, -1));
  let at = 0;
  for (const line of lines) {
    if (at > 0) joined[at - 1] = NEWLINE;
    joined.set(line, at);
    at += line.length + 1;
  }
  return joined;
}

function cut(random: Random, body: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const longest = random() < 0.2 ? 8 : 900;
  for (let at = 0; at < body.length; ) {
    const next = Math.min(body.length, at + below(random, longest));
    chunks.push(body.subarray(at, next));
    at = next;
  }
  return chunks;
}

/** The first of `wanted` that does not come in `found`, in order. */
function firstMissing(wanted: readonly string[], found: readonly string[]): string | null {
  let at = 0;
  for (const line of wanted) {
    while (at < found.length && found[at] !== line) at += 1;
    if (at === found.length) return line;
    at += 1;
  }
  return null;
}

test(`${ROUNDS} random cuts and corruptions of the recorded bodies: nothing is thrown, no readable token is lost`, () => {
  const random = seeded(20_261_125);
  expect(BODIES.filter(({ lines }) => lines !== null).length).toBeGreaterThan(45);
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = BODIES[below(random, BODIES.length)];
    if (body === undefined) throw new Error("no body");
    if (body.lines === null) {
      // One document over many lines, or broken by LMI itself: nothing to lose but its reader.
      parseAll(cut(random, damage(random, body.bytes)));
      continue;
    }
    const victim = below(random, body.lines.length + 1);
    const lines = body.lines.map((line, index) => (index === victim ? damage(random, line) : line));
    const lost = new TextDecoder().decode(body.lines[victim] ?? new Uint8Array());
    const wanted = victim < body.lines.length ? without(body.wanted, lost) : body.wanted;
    const missing = firstMissing(wanted, tokenLines(parseAll(cut(random, joinLines(lines)))));
    if (missing !== null) {
      const broken = new TextDecoder().decode(lines[victim] ?? new Uint8Array());
      expect.fail(`round ${round}, ${body.name}: lost ${missing}\nbeside ${broken}`);
    }
  }
}, 3_600_000);

function without(lines: readonly string[], one: string): string[] {
  const at = lines.indexOf(one);
  return lines.filter((_, index) => index !== at);
}
