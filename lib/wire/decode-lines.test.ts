import { expect, test } from "vitest";
import { createLineDecoder, type LineEnding } from "#lib/wire/decode-lines.ts";

function decode(chunks: (Uint8Array | string)[], longest?: number): [string, LineEnding][] {
  const lines: [string, LineEnding][] = [];
  const decoder = createLineDecoder((line, ending) => lines.push([line, ending]), longest);
  for (const chunk of chunks)
    decoder.push(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
  decoder.end();
  return lines;
}

test("gives lines across chunks, blank ones too", () => {
  expect(decode(["one\ntw", "o\n", "\n", "\nthree\n"])).toEqual([
    ["one", "newline"],
    ["two", "newline"],
    ["", "newline"],
    ["", "newline"],
    ["three", "newline"],
  ]);
});

test("says that the body ended inside a line", () => {
  expect(decode(["one\ntwo"])).toEqual([
    ["one", "newline"],
    ["two", "input"],
  ]);
  expect(decode([])).toEqual([]);
});

test("breaks only at \\n: LMI writes other line separators raw into strings", () => {
  const line = "a\u2028b\u2029c\u0085d\u000be\u000cf\rg";
  expect(decode([`${line}\n`])).toEqual([[line, "newline"]]);
});

test("drops the \\r of a CRLF, also when a chunk ends between them", () => {
  expect(decode(["one\r", "\ntwo\r\n", "three\r"])).toEqual([
    ["one", "newline"],
    ["two", "newline"],
    ["three", "input"],
  ]);
});

test("puts characters together that chunks cut in the middle", () => {
  const bytes = new TextEncoder().encode("你👩‍💻é\n");
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(decode([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([["你👩‍💻é", "newline"]]);
  }
});

test("turns invalid UTF-8 into U+FFFD and goes on", () => {
  expect(decode([Uint8Array.of(0x61, 0xff, 0x62, 0x0a), Uint8Array.of(0x63, 0xe4)])).toEqual([
    ["a\uFFFDb", "newline"],
    ["c\uFFFD", "input"],
  ]);
});

test("drops a byte order mark at the start and nowhere else", () => {
  expect(decode([Uint8Array.of(0xef, 0xbb), Uint8Array.of(0xbf, 0x61, 0x0a), "\uFEFFb\n"])).toEqual([
    ["a", "newline"],
    ["\uFEFFb", "newline"],
  ]);
});

test("gives up a line that is too long, in one chunk or many, and goes on with the next", () => {
  const long = "x".repeat(11);
  for (const chunks of [[`${long}\nok\n`], [long, `${long}\nok\n`], [...long, "\n", "ok\n"]]) {
    const [first, ...rest] = decode(chunks, 10);
    expect(first?.[1]).toBe("too-long");
    expect(first?.[0]).toMatch(/^x{11,}$/);
    expect(rest).toEqual([["ok", "newline"]]);
  }
});

test("a line of just the longest length is kept", () => {
  expect(decode(["x".repeat(10), "\n"], 10)).toEqual([["x".repeat(10), "newline"]]);
});

test("keeps only the beginning of what it gives up", () => {
  expect(decode(["y".repeat(10_000)], 9_000)[0]?.[0].length).toBe(4096);
  expect(decode(["y".repeat(10_000), "\n"], 9_000)).toHaveLength(1);
});

test("is not slowed down by a long line in small chunks", () => {
  const piece = new TextEncoder().encode("z".repeat(16));
  const lines: number[] = [];
  const decoder = createLineDecoder((line) => lines.push(line.length));
  for (let chunk = 0; chunk < 50_000; chunk += 1) decoder.push(piece);
  decoder.end();
  expect(lines).toEqual([800_000]);
});
