import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

// What must hold for every body: changes to the bytes that mean nothing change no event.

const FOLDER = new URL("./fixtures/lmi-wire/", import.meta.url);
const BODIES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".bin"))
  .map((name) => ({ name, body: readFileSync(new URL(name, FOLDER), "utf8") }));

function parse(body: string): StreamEvent[] {
  const parser = createStreamParser();
  const events = [...parser.push(new TextEncoder().encode(body)), ...parser.end()];
  for (const event of events) if (event.type !== "malformed") delete event.raw;
  return events;
}

/** Each line's JSON, or null where a body is not one JSON value a line. */
function linesOf(body: string): unknown[] | null {
  try {
    return body
      .split("\n")
      .map((line) => line.replace(/^data: /, ""))
      .filter((line) => line !== "" && line !== "[DONE]")
      .map((line) => JSON.parse(line));
  } catch {
    return null;
  }
}

const REWRITABLE = BODIES.flatMap(({ name, body }) => {
  const values = linesOf(body);
  return values === null ? [] : [{ name, body, values }];
});

describe("JSON may be written in many ways", () => {
  test("most bodies can be rewritten", () => {
    expect(REWRITABLE.length).toBeGreaterThan(55);
  });

  test.each(REWRITABLE)("$name: every value pretty-printed over many lines", ({ body, values }) => {
    const pretty = values.map((value) => JSON.stringify(value, null, 2)).join("\n");
    expect(parse(pretty)).toEqual(parse(body));
  });

  test.each(REWRITABLE)("$name: every value glued to the one before", ({ body, values }) => {
    expect(parse(values.map((value) => JSON.stringify(value)).join(""))).toEqual(parse(body));
  });

  test.each(REWRITABLE)("$name: keys in another order", ({ body, values }) => {
    const turned = values.map((value) => JSON.stringify(value, reverseKeys)).join("\n");
    expect(parse(turned)).toEqual(parse(body));
  });

  test.each(REWRITABLE)("$name: everything beyond ASCII escaped", ({ body, values }) => {
    const escaped = values
      .map((value) => JSON.stringify(value))
      .join("\n")
      .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    expect(parse(escaped)).toEqual(parse(body));
  });

  test.each(REWRITABLE)("$name: keys that nobody knows", ({ body, values }) => {
    const more = values.map((value) => JSON.stringify(value, addKey)).join("\n");
    expect(parse(more)).toEqual(parse(body));
  });
});

function reverseKeys(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

/** Not into top_logprobs, where every key is a token. */
function addKey(key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const isTokens = Object.values(value).every((one) => typeof one === "number");
  return key === "top_logprobs" || isTokens ? value : { ...value, system_fingerprint: [null] };
}

describe("numbers that are none", () => {
  // With a decimal point: the whole -1 of 0.28's stand-in for a failure is what tells it from a token.
  const NUMBER = /("log_?prob": ?)-?\d+\.\d+(e-?\d+)?/g;
  const scored = BODIES.filter(({ body }) => body.search(NUMBER) !== -1);

  test.each(scored)("$name: bare NaN in place of every log probability loses nothing else", ({ body }) => {
    const wanted = parse(body).map(forgetLogProb);
    expect(parse(body.replace(NUMBER, "$1NaN")).map(forgetLogProb)).toEqual(wanted);
    expect(parse(body.replace(NUMBER, "$1-Infinity")).map(forgetLogProb)).toEqual(wanted);
    expect(parse(body.replace(NUMBER, "$1-9999.0")).map(forgetLogProb)).toEqual(wanted);
  });

  test("and each says which", () => {
    const body = readFileSync(new URL("v036-async-lmi-stream-nodetails.bin", FOLDER), "utf8");
    const notes = (text: string) =>
      parse(text).flatMap((event) => (event.type === "token" ? [event.logProbNote ?? null] : []));
    expect(new Set(notes(body))).toEqual(new Set([null]));
    expect(new Set(notes(body.replace(NUMBER, "$1NaN")))).toEqual(new Set(["not-finite"]));
    expect(new Set(notes(body.replace(NUMBER, "$1-9999.0")))).toEqual(new Set(["clamped"]));
    expect(new Set(notes(body.replace(NUMBER, "$1null")))).toEqual(new Set(["not-sent"]));
  });
});

function forgetLogProb(event: StreamEvent): unknown {
  if (event.type === "end") {
    const promptTokens = event.promptTokens?.map((token) => ({ ...token, logProb: null })) ?? null;
    return { ...event, topTokens: null, promptTokens };
  }
  if (event.type !== "token") return event;
  const { logProb: _, logProbNote: __, alternatives: ___, ...rest } = event;
  return rest;
}

describe("a body that is cut short", () => {
  test.each(BODIES)("$name: gives the first of its tokens, and no other", ({ body }) => {
    const bytes = new TextEncoder().encode(body);
    const whole = parse(body).filter((event) => event.type === "token");
    for (let length = 0; length < bytes.length; length += 7) {
      const cut = new TextDecoder().decode(bytes.subarray(0, length));
      const tokens = parse(cut).filter((event) => event.type === "token");
      const wanted = JSON.stringify(whole.slice(0, tokens.length));
      if (JSON.stringify(tokens) !== wanted) expect.fail(`cut at byte ${length}: ${JSON.stringify(tokens)}`);
    }
  });
});

describe("an error where the answer should go on", () => {
  const COMPACT = '{"error":"boom","code":424}';
  const PRETTY = '{\n  "error": "boom",\n  "code": 424\n}';
  // Dynamic batching ends with its body, so there an error takes the end's place (`read-lmi.test.ts`).
  const streams = REWRITABLE.filter(({ name, values }) => values.length > 2 && !name.includes("dynamic"));

  test("there are streams of every framing", () => {
    expect(streams.length).toBeGreaterThan(25);
    expect(streams.filter(({ body }) => body.startsWith("data: ")).length).toBeGreaterThan(5);
  });

  test.each(streams)(
    "$name: after any line, with or without its line end, it is read and nothing before is lost",
    ({ body }) => {
      const lines = body.split("\n");
      for (let kept = 0; kept < lines.length; kept += 1) {
        const before = lines.slice(0, kept).join("\n");
        const wanted = parse(before);
        for (const error of [`\n${COMPACT}`, `\n${PRETTY}`, COMPACT, PRETTY]) {
          // Behind the words of SSE's last line the error would be a part of them.
          if (before.endsWith("[DONE]") && !error.startsWith("\n")) continue;
          const events = parse(before + error);
          expect(JSON.stringify(events.slice(0, -1))).toBe(JSON.stringify(wanted));
          expect(events.at(-1)).toEqual({ type: "error", message: "boom", code: 424 });
        }
      }
    },
  );
});
