import type { Step } from "./family-tree.ts";
import type { Message } from "./next-messages.ts";

/** One exchange of a chat that is over, as it was sent along, and the run it was. */
export type Turn = { question: string; answer: string; step: Step | null };

/**
 * The turns before the last question. Their words are those of the request, which hold although an earlier run
 * may have been deleted; the way to the run that is shown tells which run each answer was.
 */
export function turnsBefore(messages: readonly Message[], path: readonly Step[]): Turn[] {
  const spoken = messages.filter(({ role }) => role !== "system");
  const turns: Turn[] = [];
  for (const { role, content } of spoken.slice(0, -1)) {
    const last = turns.at(-1);
    if (role === "user" || last === undefined || last.answer !== "") {
      turns.push({
        question: role === "user" ? content : "",
        answer: role === "user" ? "" : content,
        step: null,
      });
    } else {
      last.answer = content;
    }
  }
  // Counted from the end: runs that were deleted are missing at the beginning of the way.
  const earlier = path.slice(0, -1);
  return turns.map((turn, index) => ({ ...turn, step: earlier.at(index - turns.length) ?? null }));
}
