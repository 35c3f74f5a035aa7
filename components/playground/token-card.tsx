import { Facts } from "#components/ui/facts.tsx";
import { FloatingCard } from "#components/ui/floating-card.tsx";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { AlternativeBars } from "./alternative-bars.tsx";
import { formatBits, formatDuration, formatNats, formatProbability, quoteToken } from "./format-score.ts";
import { TOKEN_CARD_ID } from "./use-token-focus.ts";

const NOTES = {
  "not-sent": "The wire carries no log probability here.",
  "not-finite": "The wire carries a value that is not a number.",
  clamped: "The wire carries vLLM's stand-in for “effectively zero” (−9999).",
} as const;

/** Everything the wire said about one token. */
export function TokenCard({
  tokens,
  index,
  anchor,
  pinned,
  onPointerEnter,
  onPointerLeave,
}: {
  tokens: readonly TokenEvent[];
  index: number;
  anchor: Element;
  pinned: boolean;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
}) {
  const token = tokens[index];
  if (!token) return null;
  const before = tokens[index - 1];
  const gap = before ? token.at - before.at : null;
  return (
    <FloatingCard
      anchor={anchor}
      id={TOKEN_CARD_ID}
      role="tooltip"
      aria-label={`Token ${index + 1}`}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      <p className="mb-2 flex items-baseline justify-between gap-2">
        <code className="font-mono text-sm font-semibold [overflow-wrap:anywhere]">
          {quoteToken(token.text)}
        </code>
        <span className="whitespace-nowrap text-xs text-muted">
          {pinned ? <ClosingHint /> : `token ${index + 1}`}
        </span>
      </p>
      <Facts
        rows={[
          ...(token.logProb === null
            ? [{ name: "Probability", value: NOTES[token.logProbNote ?? "not-sent"] }]
            : [
                { name: "Probability", value: formatProbability(Math.exp(token.logProb)) },
                { name: "Log probability", value: `${formatNats(token.logProb)} nats` },
                { name: "Surprisal", value: `${formatBits(token.logProb)} bits` },
              ]),
          { name: "Token id", value: token.id ?? "not sent" },
          {
            name: "Arrived",
            value: `${formatDuration(token.at)}${gap === null ? "" : `, ${formatDuration(Math.max(0, gap))} after the one before`}`,
          },
          ...(token.part > 0 ? [{ name: "Request", value: token.part + 1 }] : []),
        ]}
      />
      <AlternativeBars token={token} />
    </FloatingCard>
  );
}

function ClosingHint() {
  return (
    <>
      <span className="pointer-coarse:hidden">Esc closes</span>
      <span className="hidden pointer-coarse:inline">Tap beside it to close</span>
    </>
  );
}
