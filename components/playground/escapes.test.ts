import { expect, it } from "vitest";
import { readEscapes, showEscapes } from "./escapes.ts";

it("reads the escapes a person can type", () => {
  expect(readEscapes("\\n\\nUser:\\t")).toBe("\n\nUser:\t");
  expect(readEscapes("\\\\n")).toBe("\\n");
  expect(readEscapes("\\x")).toBe("\\x");
});

it.each(["\n", "a\\nb", "\\", "\t\r\n", "plain", ""])("shows %j so that it reads back the same", (text) => {
  expect(showEscapes(text)).not.toMatch(/[\n\t\r]/);
  expect(readEscapes(showEscapes(text))).toBe(text);
});
