import { isAnswerText } from "#lib/run/answer-text.ts";
import { findRepeat, mayRepeatMore } from "#lib/run/find-repeat.ts";
import { NO_OUTCOME, type PartOutcome } from "#lib/run/invoke-part.ts";
import type { RunEvent, TokenEvent } from "#lib/run/run-event.ts";

/**
 * One request's events without what repeats the end of the `answer` before it. Tokens are held back for as long
 * as they could be such a repeat, a few as a rule, and keep the time at which they came. A token that is all repeat
 * stays as an event without text that does not count, and says in `repeated` what it was; so the wire's record is
 * whole, and the seam can tell what was removed.
 */
export function trimRepeats(
  part: AsyncGenerator<RunEvent, PartOutcome>,
  answer: string,
): AsyncGenerator<RunEvent, PartOutcome> {
  // Most runs have one part, and one more generator costs each of its tokens several promises.
  return answer === "" ? part : trim(part, answer);
}

async function* trim(
  part: AsyncGenerator<RunEvent, PartOutcome>,
  answer: string,
): AsyncGenerator<RunEvent, PartOutcome> {
  let held: RunEvent[] | null = [];
  let text = "";
  let removed = 0;

  function release(events: readonly RunEvent[]): RunEvent[] {
    const trimmed = takeOff(events, findRepeat(answer, text));
    removed = trimmed.filter((event) => event.type === "token" && isAllRepeat(event)).length;
    return trimmed;
  }

  let step = await part.next();
  try {
    while (!step.done) {
      const event = step.value;
      if (held === null) {
        yield event;
      } else {
        held.push(event);
        if (event.type === "token" && isAnswerText(event)) text += event.text;
        if (!mayRepeatMore(answer, text)) {
          const events = release(held);
          held = null;
          yield* events;
        }
      }
      step = await part.next();
    }
  } finally {
    // Whoever reads us may leave in the middle; the request must not outlive that.
    if (!step.done) await part.return(NO_OUTCOME);
  }
  if (held !== null) yield* release(held);
  const outcome = step.value;
  return {
    ...outcome,
    text: outcome.text.slice(findRepeat(answer, outcome.text)),
    tokens: outcome.tokens - removed,
  };
}

function takeOff(events: readonly RunEvent[], length: number): RunEvent[] {
  let left = length;
  return events.map((event) => {
    if (left === 0 || event.type !== "token" || !isAnswerText(event) || event.text === "") return event;
    const repeated = event.text.slice(0, left);
    left -= repeated.length;
    const text = event.text.slice(repeated.length);
    return { ...event, text, repeated, counts: text !== "" };
  });
}

/** Whether a token brought nothing but what was there already. */
function isAllRepeat(token: TokenEvent): boolean {
  return token.repeated !== undefined && token.text === "";
}
