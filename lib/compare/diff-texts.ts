import { diffWordsWithSpace } from "diff";

/** A stretch that both texts have, or one of them. */
export type DiffStretch = { kind: "both" | "left" | "right"; text: string };

/** Beyond so many differing words two texts have nothing to do with each other, and looking on costs seconds. */
const MOST_CHANGES = 1_000;

const WORDS = new Intl.Segmenter("en", { granularity: "word" });

/**
 * What is kept, gone and new from the left text to the right one, by words (UAX 29). Taking the `left` and `both`
 * stretches gives the left text, `right` and `both` the right one. Null where they differ too much to be compared.
 */
export function diffTexts(left: string, right: string): DiffStretch[] | null {
  const changes = diffWordsWithSpace(left, right, { intlSegmenter: WORDS, maxEditLength: MOST_CHANGES });
  if (changes === undefined) return null;
  return changes.map(({ value, added, removed }) => ({
    kind: added ? "right" : removed ? "left" : "both",
    text: value,
  }));
}
