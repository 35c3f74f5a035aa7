import { Definition } from "#components/ui/definition.tsx";
import type { Alignment } from "#lib/compare/align-answers.ts";

/** Where the answers part, in a sentence that a screen reader hears once, when it is known. */
export function PartingLine({ alignment, isOver }: { alignment: Alignment; isOver: boolean }) {
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-1 text-sm">
      <span>{wordsOf(alignment, isOver)}</span>
      <Definition term="where answers part">
        <p>
          The first token that differs, counted from 1. Up to there both models read the same words, so their
          probabilities are of the same choice.
        </p>
        <p>
          At a temperature above 0 answers also part by chance: ask both at temperature 0 to see what the
          models alone do.
        </p>
      </Definition>
    </p>
  );
}

function wordsOf({ divergence, pairs, tokenizers, sharedLength, left }: Alignment, isOver: boolean): string {
  const shared =
    tokenizers === "different"
      ? `${Array.from(left.text.slice(0, sharedLength)).length} characters`
      : `${pairs.length} ${pairs.length === 1 ? "token" : "tokens"}`;
  if (divergence === null) {
    if (!isOver) return "Nothing differs yet.";
    return left.tokens.length === 0 ? "Neither answer has any text." : `The answers are the same: ${shared}.`;
  }
  if (divergence.kind !== "token") {
    if (!isOver) return `The same so far: ${shared}.`;
    return `${divergence.kind === "left-ended" ? "A" : "B"} ends where the other goes on, after ${shared} in common.`;
  }
  const [ofLeft, ofRight] = [divergence.left + 1, divergence.right + 1];
  const place = ofLeft === ofRight ? `token ${ofLeft}` : `token ${ofLeft} of A and ${ofRight} of B`;
  return `The answers part at ${place}, after ${shared} in common.`;
}
