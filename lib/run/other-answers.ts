import type { OtherAnswer } from "#lib/run/run-event.ts";
import type { StreamEvent, StreamToken } from "#lib/wire/stream-event.ts";

export type OtherAnswers = {
  note: (event: Extract<StreamEvent, { type: "token" | "end" }>, choice: number) => void;
  list: () => OtherAnswer[];
};

/** Collects the answers beside the first one, which alone is shown as it comes. */
export function collectOtherAnswers(): OtherAnswers {
  const answers = new Map<number, OtherAnswer>();

  function of(choice: number): OtherAnswer {
    const known = answers.get(choice);
    if (known !== undefined) return known;
    const fresh = { choice, text: "", finishReason: null, tokens: 0, scoredTokens: 0, jointLogProb: null };
    answers.set(choice, fresh);
    return fresh;
  }

  return {
    note(event, choice) {
      const answer = of(choice);
      if (event.type === "end") answer.finishReason = event.rawReason;
      else if (event.counts) noteToken(answer, event);
    },
    list: () => [...answers.values()].toSorted((left, right) => left.choice - right.choice),
  };
}

function noteToken(answer: OtherAnswer, token: StreamToken): void {
  answer.tokens += 1;
  if (token.special || token.channel !== undefined) return;
  answer.text += token.text;
  if (token.logProb === null) return;
  answer.scoredTokens += 1;
  // Noise of cumulative sums above 0 is 0, as in `lib/score`.
  answer.jointLogProb = (answer.jointLogProb ?? 0) + Math.min(token.logProb, 0);
}
