import { describe, expect, it } from "vitest";
import { parseEnvironmentLines, renderEnvironmentLines } from "./environment-lines.ts";

describe("environment lines", () => {
  it("reads what people paste", () => {
    const text = "# model\nHF_MODEL_ID=a/b\r\n\nexport OPTION_A = x=y \n  OPTION_EMPTY=";
    expect(parseEnvironmentLines(text)).toEqual({
      ok: true,
      value: { HF_MODEL_ID: "a/b", OPTION_A: "x=y", OPTION_EMPTY: "" },
    });
  });

  it("names the line that is not a variable", () => {
    const outcome = parseEnvironmentLines("A=1\nwhat is this");
    expect(outcome).toMatchObject({ ok: false, failure: { field: "environment" } });
    expect(!outcome.ok && outcome.failure.message).toContain("Line 2");
    expect(parseEnvironmentLines("=value").ok).toBe(false);
  });

  it("refuses a name that is set twice, also one that objects inherit", () => {
    expect(parseEnvironmentLines("A=1\nA=2").ok).toBe(false);
    expect(parseEnvironmentLines("toString=1")).toEqual({ ok: true, value: { toString: "1" } });
  });

  it("is the opposite of writing", () => {
    const environment = { HF_MODEL_ID: "a/b", OPTION_X: '{"a": 1, "b=c": 2}', EMPTY: "" };
    expect(parseEnvironmentLines(renderEnvironmentLines(environment))).toEqual({
      ok: true,
      value: environment,
    });
  });
});
