import { describe, expect, it } from "vitest";
import {
  changeProperties,
  removeProperty,
  renameProperty,
  setProperty,
  writeProperties,
} from "./change-properties.ts";
import { parseProperties, readProperties, renderProperties } from "./parse-properties.ts";

// The expectations were read off `java.util.Properties.load`'s own documentation.
const READ: [string, Record<string, string>][] = [
  ["engine=MPI\n", { engine: "MPI" }],
  ["  engine : MPI\r\n", { engine: "MPI" }],
  ["engine MPI", { engine: "MPI" }],
  ["engine", { engine: "" }],
  ["engine=", { engine: "" }],
  ["engine= MPI ", { engine: "MPI " }],
  ["a==b", { a: "=b" }],
  ["# a=b\n! c=d\n\n   \ne=f", { e: "f" }],
  ["a=one\\\n   two\n", { a: "onetwo" }],
  ["a=one\\\\\nb=c", { a: "one\\", b: "c" }],
  ["a\\=b\\:c\\ d=e", { "a=b:c d": "e" }],
  ["a=\\u00e9\\t\\x", { a: "é\tx" }],
  ["a=\\u12", { a: "u12" }],
  ["# comment \\\na=b", { a: "b" }],
  ["a=1\nb=2\na=3", { b: "2", a: "3" }],
  ["a=b\rc=d", { a: "b", c: "d" }],
  ["a = \\\n b", { a: "b" }],
  ["\ta\t=\tb", { a: "b" }],
  ["", {}],
];

describe("parseProperties", () => {
  it.each(READ)("reads %j as Java does", (text, expected) => {
    expect(readProperties(parseProperties(text))).toEqual(expected);
  });

  it.each(READ.map(([text]) => text))("gives %j back byte for byte", (text) => {
    expect(renderProperties(parseProperties(text))).toBe(text);
  });

  it("gives any text back, whatever it is made of", () => {
    const pieces = ["a", "=", ":", " ", "\\", "\n", "\r\n", "\r", "#", "!", "\\u00", "é", "\t", "option.x"];
    let seed = 7;
    const next = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed;
    };
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: next() % 12 }, () => pieces[next() % pieces.length]).join("");
      const file = parseProperties(text);
      expect(renderProperties(file)).toBe(text);
      for (const line of file.lines)
        expect(text.slice(line.from, line.to)).toBe(line.raw.replace(/[\r\n]+$/, ""));
    }
  });

  it("says where keys and values are", () => {
    const text = "# first\n  option.dtype = fp16\r\n";
    const entry = parseProperties(text).lines[1];
    if (entry?.kind !== "entry") return expect.fail();
    expect(text.slice(entry.keySpan.from, entry.keySpan.to)).toBe("option.dtype");
    expect(text.slice(entry.valueSpan.from, entry.valueSpan.to)).toBe("fp16");
  });
});

describe("changes keep everything else", () => {
  const TEXT = "# why\nengine = MPI\n\n! old\noption.dtype:fp16\n";

  it("in place", () => {
    const file = parseProperties(TEXT);
    expect(renderProperties(setProperty(file, "engine", "Python"))).toBe(TEXT.replace("MPI", "Python"));
    expect(renderProperties(setProperty(file, "new", " a\\b"))).toBe(`${TEXT}new=\\ a\\\\b\n`);
    expect(renderProperties(removeProperty(file, "option.dtype"))).toBe("# why\nengine = MPI\n\n! old\n");
    expect(renderProperties(renameProperty(file, "option.dtype", "option.x y"))).toContain(
      "option.x\\ y:fp16",
    );
    expect(setProperty(file, "engine", "MPI")).toBe(file);
  });

  it("ends an open last line first, and gives a bare key its sign", () => {
    expect(renderProperties(setProperty(parseProperties("a=b"), "c", "d"))).toBe("a=b\nc=d\n");
    expect(renderProperties(setProperty(parseProperties("a\n"), "a", "d"))).toBe("a=d\n");
  });

  it("writes what it reads again, whatever the characters", () => {
    const wild = { "a b=c:#": " x\\y\n\tz ", "!k": "#v", é: "=:", plain: "" };
    expect(readProperties(parseProperties(writeProperties(wild)))).toEqual(wild);
    expect(readProperties(changeProperties(parseProperties("x=1\n"), { ...wild, x: null }))).toEqual(wild);
  });
});
