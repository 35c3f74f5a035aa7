import { describe, expect, test } from "vitest";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

function parse(body: string): StreamEvent[] {
  const parser = createStreamParser();
  return [...parser.push(new TextEncoder().encode(body)), ...parser.end()];
}

function summarize(body: string): string[] {
  return parse(body).map(summary);
}

function summary(event: StreamEvent): string {
  switch (event.type) {
    case "token":
      return `token ${event.text}`;
    case "end":
      return `end ${event.rawReason}`;
    case "error":
      return `error ${event.code} ${event.message}`;
    case "malformed":
      return `malformed ${event.raw}`;
    case "usage":
      return "usage";
  }
}

const A = '{"token": {"id": 1, "text": "a", "log_prob": -1}}';
const B = '{"token": {"id": 2, "text": "b", "log_prob": -2}}';
const PRETTY = '{\n  "error": "boom",\n  "code": 424\n}';
const COMPACT = '{"error":"boom","code":424}';

describe("the container's error object", () => {
  test.each([
    ["on lines of its own", `${A}\n${PRETTY}`],
    ["glued to a token line, pretty", `${A}${PRETTY}`],
    ["glued to a token line, compact", `${A}${COMPACT}`],
    ["with CRLF", `${A}\r\n${PRETTY.replaceAll("\n", "\r\n")}\r\n`],
  ])("%s", (_, body) => {
    expect(summarize(body)).toEqual(["token a", "error 424 boom"]);
  });

  test("goes on after it", () => {
    expect(summarize(`${A}\n${PRETTY}\n${B}\n`)).toEqual(["token a", "error 424 boom", "token b"]);
    expect(summarize(`${A}${PRETTY}${B}\n`)).toEqual(["token a", "error 424 boom", "token b"]);
  });

  test("bare in an SSE body, and framed line by line", () => {
    expect(summarize(`data: ${A}\n\n${COMPACT}`)).toEqual(["token a", "error 424 boom"]);
    const framed = PRETTY.replaceAll("\n", "\ndata: ");
    expect(summarize(`data: ${A}\n\ndata: ${framed}\n\n`)).toEqual(["token a", "error 424 boom"]);
  });

  test.each([
    ["compact", COMPACT],
    ["pretty", PRETTY],
  ])("inside the open string of a document sent piece by piece, %s", (_, error) => {
    expect(summarize(`{"generated_text": "Deep Learn${error}`)).toEqual([
      'malformed {"generated_text": "Deep Learn',
      "error 424 boom",
    ]);
  });
});

describe("lines that are no JSON", () => {
  test("are reported, and reading goes on", () => {
    expect(summarize(`${A}\nCUDA out of memory\n${B}\n`)).toEqual([
      "token a",
      "malformed CUDA out of memory",
      "token b",
    ]);
  });

  test.each(["42", '"text"', "null", "[]", "[1, 2]", "{}", '{"unknown": true}', "[INFO] worker died"])(
    "%s is JSON that says nothing, or none",
    (line) => {
      expect(summarize(`${line}\n${A}\n`)).toEqual([`malformed ${line}`, "token a"]);
    },
  );

  test("words before a value do not hide it", () => {
    expect(summarize(`oops ${A}\n`)).toEqual(["token a", "malformed oops "]);
  });

  test("a body that ends inside a line says so", () => {
    expect(summarize(`${A}\n${B.slice(0, 20)}`)).toEqual(["token a", `malformed ${B.slice(0, 20)}`]);
    expect(summarize(`${A}\n{"token": {"id": 2,`)).toEqual(["token a", 'malformed {"token": {"id": 2,']);
  });

  test("a last line without its line end is read", () => {
    expect(summarize(`${A}\n${B}`)).toEqual(["token a", "token b"]);
  });
});

describe("values over many lines", () => {
  test("a line cut in two at a comma is put together", () => {
    expect(summarize(`{"token": {"id": 1,\n "text": "a"}}\n${B}\n`)).toEqual(["token a", "token b"]);
  });

  test("one that never closes does not swallow the lines after it", () => {
    expect(summarize(`{"token": {"id": 1,\n${A}\n${B}\n`)).toEqual([
      'malformed {"token": {"id": 1,',
      "token a",
      "token b",
    ]);
  });

  test("one that never closes does not swallow an error after it", () => {
    expect(summarize(`{"token": {"id": 1,\n${PRETTY}`)).toEqual([
      'malformed {"token": {"id": 1,',
      "error 424 boom",
    ]);
  });

  test("an array of documents, pretty-printed", () => {
    expect(summarize('[\n  {\n    "generated_text":"x"\n  }\n]\n')).toEqual(["token x", "end null"]);
  });

  test("bare NaN in a pretty-printed value", () => {
    const body =
      '{\n  "generated_text": "x",\n  "details": {"tokens": [{"id": 1, "text": "x", "log_prob": NaN}]}\n}';
    expect(parse(body)[0]).toMatchObject({ type: "token", id: 1, logProb: null, logProbNote: "not-finite" });
  });

  test("a hundred thousand open brackets are no trouble", () => {
    const open = "{\n".repeat(100_000);
    expect(summarize(`${open}${A}\n`).at(-1)).toBe("token a");
    expect(parse("[".repeat(100_000))).toHaveLength(1);
    expect(parse(`{"detail": ${"[".repeat(100_000)}${"]".repeat(100_000)}}\n`)).toHaveLength(1);
  });
});

describe("documents glued together", () => {
  const document =
    '{"generated_text": "ab", "details": {"finish_reason": "length", "tokens": [{"id": 1, "text": "ab"}]}}';

  test("a document repeated for each token of the last step is read once", () => {
    expect(summarize(document.repeat(3))).toEqual(["token ab", "end length"]);
  });

  test("equal token lines are two tokens", () => {
    expect(summarize(`${A}${A}\n`)).toEqual(["token a", "token a"]);
  });

  test("only the first event of a line carries it", () => {
    expect(parse(`${A}${B}\n`).map((event) => event.raw)).toEqual([`${A}${B}`, undefined]);
  });
});

describe("a line that is too long", () => {
  test("is given up by its beginning, with what was held before it", () => {
    const events = parse(`{"token": {\n${"x".repeat(17 * 1024 * 1024)}\n${A}\n`);
    expect(events.map((event) => event.type)).toEqual(["malformed", "malformed", "token"]);
    expect(events[1]?.raw?.length).toBeLessThan(10_000);
  });
});
