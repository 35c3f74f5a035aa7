import { expect, test } from "vitest";
import { createVocabulary } from "./vocabulary.ts";

test("byte-level tokens are bytes, split characters included", () => {
  const vocabulary = createVocabulary({
    model: "gpt2",
    tokens: ["Ġcaf", "Ã", "©", "Ċ", "<|end|>"],
    types: [1, 1, 1, 1, 3],
  });
  expect(Buffer.from(vocabulary.bytesOf(0)).toString()).toBe(" caf");
  expect([...vocabulary.bytesOf(1), ...vocabulary.bytesOf(2)]).toEqual([...Buffer.from("é")]);
  expect(vocabulary.textOf(1)).toBe("\ufffd");
  expect(vocabulary.textOf(3)).toBe("\n");
  expect(vocabulary.isSpecial(4)).toBe(true);
  expect(vocabulary.bytesOf(4)).toHaveLength(0);
  expect(vocabulary.textOf(4)).toBe("<|end|>");
});

test("SentencePiece tokens are text with a visible space, or single bytes", () => {
  const vocabulary = createVocabulary({ model: "llama", tokens: ["▁hello", "<0xC3>"], types: [1, 6] });
  expect(vocabulary.textOf(0)).toBe(" hello");
  expect([...vocabulary.bytesOf(1)]).toEqual([0xc3]);
});
