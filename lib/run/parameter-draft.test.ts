import { describe, expect, it } from "vitest";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS } from "#lib/wire/parameters.ts";
import { generationParametersSchema } from "./generation-parameters.ts";
import { parseParameterDraft } from "./parameter-draft.ts";

const ROWS: readonly ParameterRow[] = PARAMETERS;

function parseOne(name: string, text: string) {
  return parseParameterDraft({ values: { [name]: text }, stopSequences: [] });
}

describe("parseParameterDraft", () => {
  it("leaves out what is empty, so that the container's default holds", () => {
    expect(parseParameterDraft({ values: { topP: "", seed: "  " }, stopSequences: [] })).toEqual({
      ok: true,
      value: {},
    });
  });

  it("reads numbers and stop sequences", () => {
    const draft = { values: { maxNewTokens: "64", temperature: "0.70" }, stopSequences: ["\n\n", " "] };
    expect(parseParameterDraft(draft)).toEqual({
      ok: true,
      value: { maxNewTokens: 64, temperature: 0.7, stopSequences: ["\n\n", " "] },
    });
  });

  it("names every field at fault", () => {
    const outcome = parseParameterDraft({ values: { maxNewTokens: "0", topP: "2" }, stopSequences: [""] });
    expect(outcome.ok).toBe(false);
    if (outcome.ok) return;
    expect(outcome.failures.map((failure) => failure.field)).toEqual([
      "maxNewTokens",
      "topP",
      "stopSequences",
    ]);
    expect(outcome.failures[0]?.message).toBe("Max new tokens must be a whole number from 1 to 32768.");
    expect(outcome.failures[1]?.message).toBe("Top-p must be a number above 0 and at most 1.");
  });

  it.each(["12x", "1.5", "1e999", "NaN", "--3"])("refuses %s as a whole number", (text) => {
    expect(parseOne("maxNewTokens", text).ok).toBe(false);
  });
});

const NUMBERS = ROWS.filter(({ kind }) => kind === "integer" || kind === "number");

describe.each(NUMBERS)("the bounds of $label", (row) => {
  const inside = [row.aboveMin ? row.min + row.step : row.min, row.max];
  const outside = [row.aboveMin ? row.min : row.min - 1, row.max + 1];

  it("are those of the request schema", () => {
    for (const value of inside) {
      expect(parseOne(row.name, String(value)).ok).toBe(true);
      expect(generationParametersSchema.safeParse({ [row.name]: value }).success).toBe(true);
    }
    for (const value of outside) {
      expect(parseOne(row.name, String(value)).ok).toBe(false);
      expect(generationParametersSchema.safeParse({ [row.name]: value }).success).toBe(false);
    }
  });
});

describe("what is no number", () => {
  it("reads switches and lists of ids", () => {
    expect(parseOne("ignoreEos", "true")).toEqual({ ok: true, value: { ignoreEos: true } });
    expect(parseOne("doSample", "false")).toEqual({ ok: true, value: { doSample: false } });
    expect(parseOne("stopTokenIds", "2, 128009")).toEqual({
      ok: true,
      value: { stopTokenIds: [2, 128_009] },
    });
  });

  it.each([
    ["ignoreEos", "yes"],
    ["stopTokenIds", "2, x"],
    ["stopTokenIds", "-1"],
  ])("refuses %s %s", (name, text) => {
    expect(parseOne(name, text)).toMatchObject({ ok: false, failures: [{ field: name }] });
  });

  it("knows nobody else's names", () => {
    expect(generationParametersSchema.safeParse({ top_p: 0.5 }).success).toBe(false);
  });
});
