import type { ReactNode } from "react";
import { Icon } from "#components/ui/icons.tsx";
import type { Alignment } from "#lib/compare/align-answers.ts";
import type { CompareSpec } from "#lib/experiment/experiment-spec.ts";
import type { LogProbMeaning } from "#lib/score/log-prob-meaning.ts";

/** What stands between these numbers and a fair comparison; nothing where nothing is known to. */
export function TrustNotes({
  spec: { request, against },
  tokenizers,
  meanings: [ofLeft, ofRight],
}: {
  spec: CompareSpec;
  tokenizers: Alignment["tokenizers"];
  meanings: readonly [LogProbMeaning, LogProbMeaning];
}) {
  const temperatures = [request.parameters.temperature, against.parameters.temperature];
  const moves = ofLeft === "after-temperature" || ofRight === "after-temperature";
  return (
    <>
      {tokenizers === "different" ? (
        <Note>
          The tokenizers differ: the same text is cut into other tokens, so a token of one is no token of the
          other and Δ of tokens is not shown. Words and bits per character do not depend on the cut.
        </Note>
      ) : null}
      {ofLeft === "none" || ofRight === "none" ? (
        <Note>
          {ofLeft === "none" ? "A" : "B"}'s back end sends no log probabilities: only the texts can be
          compared.
        </Note>
      ) : ofLeft !== ofRight && ofLeft !== "unknown" && ofRight !== "unknown" ? (
        <Note>
          The log probabilities are two things: {ofLeft === "raw" ? "A" : "B"}'s are taken before temperature,
          the other's after it. Part of every Δ is that difference.
        </Note>
      ) : moves && temperatures[0] !== temperatures[1] ? (
        <Note>
          These log probabilities move with temperature, and the temperatures differ. Part of every Δ is that.
        </Note>
      ) : null}
    </>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <p role="note" className="flex gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <Icon name="triangle" className="mt-1 size-3 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
