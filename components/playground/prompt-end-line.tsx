import { endsInSpace } from "#lib/run/ends-in-space.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";

/** Says of an answer whose first token is less sure than it need be. Told behind it: while one types, every word ends so. */
export function PromptEndLine({ asked }: { asked: InvokeRequest }) {
  const { prompt, answerSoFar } = asked;
  if (prompt === undefined || answerSoFar !== undefined || !endsInSpace(prompt)) return null;
  return (
    <p className="border-t border-line pt-3 text-xs text-muted">
      <span className="font-medium text-ink">The prompt ends in a space.</span> Most tokenizers write a space
      together with the word behind it, so the first token was chosen among those without one and is less sure
      than it need be. Take the space off and ask again.
    </p>
  );
}
