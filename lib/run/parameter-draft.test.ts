import { describe, expect, it } from "vitest";
import { generationParametersSchema } from "./invoke-request.ts";
import { PARAMETER_FIELDS, parseParameterDraft } from "./parameter-draft.ts";

function parseOne(name: string, text: string) {
  return parseParameterDraft({ numbers: { [name]: text }, stopSequences: [] });
}

describe("parseParameterDraft", () => {
  it("leaves out what is empty, so that the container's default holds", () => {
    expect(parseParameterDraft({ numbers: { topP: "", seed: "  " }, stopSequences: [] })).toEqual({
      ok: true,
      value: {},
    });
  });

  it("reads numbers and stop sequences", () => {
    const draft = { numbers: { maxNewTokens: "64", temperature: "0.70" }, stopSequences: ["\n\n", " "] };
    expect(parseParameterDraft(draft)).toEqual({
      ok: true,
      value: { maxNewTokens: 64, temperature: 0.7, stopSequences: ["\n\n", " "] },
    });
  });

  it("names every field at fault", () => {
    const outcome = parseParameterDraft({ numbers: { maxNewTokens: "0", topP: "2" }, stopSequences: [""] });
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

describe.each(PARAMETER_FIELDS)("the bounds of $label", (field) => {
  const inside = [field.aboveMin ? field.min + field.step : field.min, field.max];
  const outside = [field.aboveMin ? field.min : field.min - 1, field.max + 1];

  it("are those of the request schema", () => {
    for (const value of inside) {
      expect(parseOne(field.name, String(value)).ok).toBe(true);
      expect(generationParametersSchema.safeParse({ [field.name]: value }).success).toBe(true);
    }
    for (const value of outside) {
      expect(parseOne(field.name, String(value)).ok).toBe(false);
      expect(generationParametersSchema.safeParse({ [field.name]: value }).success).toBe(false);
    }
  });
});
