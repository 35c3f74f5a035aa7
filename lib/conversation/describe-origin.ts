import type { RunOrigin } from "#lib/run/run-origin.ts";

/** How a run came about, in a few words for a tree or a list. */
export function describeOrigin(origin: RunOrigin | null): string {
  switch (origin?.kind) {
    case undefined:
      return "First answer";
    case "retry":
      return "Sent again";
    case "continue":
      return "Continued";
    case "regenerate":
      return "Answered anew";
    case "reply":
      return "Asked on";
    case "edit":
      return "Question edited";
    case "probe":
      return "Sent to find something out";
    case "branch":
      return origin.text === ""
        ? `Anew from token ${origin.tokenIndex + 1}`
        : `Branched at token ${origin.tokenIndex + 1}: ${JSON.stringify(origin.text)}`;
  }
}
