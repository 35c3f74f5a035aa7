import type { Label } from "#lib/classify/label.ts";
import { logDifference, logSumExp } from "#lib/classify/log-sum-exp.ts";
import { type RowScore, totalUp } from "#lib/classify/row-score.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { Alternative } from "#lib/wire/stream-event.ts";

/** A variant as it was put behind the prompt, with the tokens that the container read of both together. */
export type ForcedVariant = { variant: string; promptTokens: readonly Alternative[] };

type Ending = { label: number; pieces: string[]; logProb: number };

/**
 * Scores every label by the tokens of its variants behind the prompt: the sum of their own log probabilities, variants
 * merged by log-sum-exp. Where one variant's tokens begin another's, the shorter one gets only what does not go on
 * to the longer one, so nothing counts twice. Fails where the tokens of no variant of a label begin where the
 * prompt ends: then its probability cannot be told from the prompt's.
 */
export function scoreForced(
  forced: readonly (readonly ForcedVariant[])[],
  labels: readonly Label[],
): Result<RowScore> {
  const endings = forced.flatMap((variants, label) =>
    variants.flatMap(({ variant, promptTokens }) => {
      const tokens = tokensOf(variant, promptTokens);
      const logProbs = tokens?.map(({ logProb }) => logProb) ?? [null];
      // One token that is effectively impossible makes the whole text so.
      const logProb = logProbs.reduce(
        (sum: number, value) => sum + (value === null ? Number.NEGATIVE_INFINITY : Math.min(value, 0)),
        0,
      );
      return tokens === null ? [] : [{ label, pieces: tokens.map(({ text }) => text), logProb }];
    }),
  );
  const lost = labels.findIndex((_, label) => !endings.some((ending) => ending.label === label));
  if (lost >= 0) {
    return fail({
      code: "invalid",
      message: `The tokens of “${labels[lost]?.name}” do not begin where the prompt ends.`,
      hint: "End the prompt without a space, or write the label with one in front.",
    });
  }
  const parts = labels.map((_, label) =>
    endings.filter((ending) => ending.label === label).map((ending) => ownPart(ending, endings)),
  );
  return succeed({
    method: "forced",
    ...totalUp(parts, 0),
    isBound: labels.map(() => false),
    leastSeen: null,
    answered: null,
  });
}

/** The last tokens that together are the variant; null where a token's end does not stand in front of it. */
function tokensOf(variant: string, promptTokens: readonly Alternative[]): Alternative[] | null {
  let text = "";
  for (let from = promptTokens.length - 1; from >= 0 && text.length < variant.length; from -= 1) {
    text = readable(promptTokens[from]?.text ?? "") + text;
    if (text === variant) return promptTokens.slice(from);
  }
  return null;
}

/** What is left of a text's probability when the texts that go on from it have had theirs. */
function ownPart(ending: Ending, endings: readonly Ending[]): number {
  const longer = endings.filter((other) => goesOn(other, ending));
  // Of several that go on from each other, the shortest has the others' probability already.
  const next = longer.filter((one) => !longer.some((other) => goesOn(one, other)));
  return logDifference(ending.logProb, logSumExp(next.map(({ logProb }) => logProb)));
}

function goesOn(longer: Ending, shorter: Ending): boolean {
  return (
    longer.pieces.length > shorter.pieces.length &&
    shorter.pieces.every((piece, index) => piece === longer.pieces[index])
  );
}

/** A vocabulary's own piece as the text it stands for, as far as white space goes. */
function readable(piece: string): string {
  return piece.replace(/[Ġ▁]/g, " ").replace(/Ċ/g, "\n");
}
