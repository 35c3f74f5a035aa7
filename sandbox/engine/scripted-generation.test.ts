import { expect, test } from "vitest";
import { playScript, scriptSchema } from "./scripted-generation.ts";

test("a script names the numbers that JSON has no word for", async () => {
  const words = ["NaN", "Infinity", "-Infinity"];
  const script = scriptSchema.parse({
    tokens: words.map((logProb, id) => ({ id, text: "a", logProb })),
  });
  const played: number[] = [];
  for await (const event of playScript(script, new AbortController().signal)) {
    if (event.type === "token") played.push(event.token.logProb);
  }
  expect(played).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect(scriptSchema.safeParse({ tokens: [{ id: 1, text: "a", logProb: "half" }] }).success).toBe(false);
});
