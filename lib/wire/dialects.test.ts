import { expect, test } from "vitest";
import { detectDialect } from "#lib/wire/dialects.ts";

test.each([
  [{ token: { id: 1 } }, "lmi-line"],
  [{ index: 0, token: { id: 1 }, generated_text: null, details: null }, "lmi-line"],
  [{ generated_text: "x" }, "lmi-document"],
  [{ choices: [] }, "choices"],
  [{ choices: [{ text: "x" }], error: null }, "choices"],
  [{ outputs: ["x"] }, "outputs"],
  [{ body: { generation: "x" } }, "bedrock"],
  [{ generation: "x" }, "bedrock"],
  [{ error: "", code: 424 }, "error"],
  [{ error: { message: "x" } }, "error"],
  [{ code: 503, message: "x" }, "error"],
  [{ detail: "Not Found" }, "error"],
  [{}, "unknown"],
  [{ token: null }, "unknown"],
  [{ outputs: [] }, "unknown"],
  [{ error: null }, "unknown"],
])("%j is %s", (record, dialect) => {
  expect(detectDialect(record)).toBe(dialect);
});
