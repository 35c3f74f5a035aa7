import { Facts } from "#components/ui/facts.tsx";
import { FloatingCard } from "#components/ui/floating-card.tsx";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { joinGraphemes } from "#lib/score/join-graphemes.ts";
import { measureToken } from "#lib/score/measure-token.ts";
import { AlternativeBars } from "./alternative-bars.tsx";
import { formatBits, formatDuration, formatNats, formatProbability, quoteToken } from "./format-score.ts";
import { TOKEN_CARD_ID } from "./use-token-focus.ts";

/** Tokens that one character may be made of, with room to spare. */
const LONGEST_UNIT = 24;

const NOTES = {
  "not-sent": "The wire carries no log probability here.",
  "not-finite": "The wire carries a value that is not a number.",
  clamped: "The wire carries vLLM's stand-in for “effectively zero” (−9999).",
} as const;

/** Everything the wire said about one token, or about the tokens that make one character. */
export function TokenCard({
  tokens,
  index,
  anchor,
  pinned,
  onPointerEnter,
  onPointerLeave,
  onBranch,
}: {
  tokens: readonly TokenEvent[];
  index: number;
  anchor: Element;
  pinned: boolean;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onBranch: ((index: number, text: string) => void) | null;
}) {
  const token = tokens[index];
  if (!token) return null;
  const unit = joinGraphemes(tokens.slice(index, index + LONGEST_UNIT))[0];
  const parts = unit?.tokens ?? [token];
  const isOne = parts.length === 1;
  const text = isOne ? token.text : (unit?.text ?? "");
  const logProb = isOne ? token.logProb : (unit?.logProb ?? null);
  const { entropy, rank } = measureToken(token);
  const before = tokens[index - 1];
  const gap = before ? token.at - before.at : null;
  return (
    <FloatingCard
      anchor={anchor}
      id={TOKEN_CARD_ID}
      // Pinned, it has buttons that can be reached.
      role={pinned ? "dialog" : "tooltip"}
      aria-label={`Token ${index + 1}`}
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
    >
      <p className="mb-2 flex items-baseline justify-between gap-2">
        <code className="font-mono text-sm font-semibold [overflow-wrap:anywhere]">
          {unit?.partial ? "part of a character" : quoteToken(text)}
        </code>
        <span className="whitespace-nowrap text-xs text-muted">
          {pinned ? <ClosingHint /> : `token ${index + 1}`}
        </span>
      </p>
      <Facts
        rows={[
          ...(logProb === null
            ? [{ name: "Probability", value: NOTES[token.logProbNote ?? "not-sent"] }]
            : [
                { name: "Probability", value: formatProbability(Math.exp(Math.min(logProb, 0))) },
                { name: "Log probability", value: `${formatNats(logProb)} nats` },
                { name: "Surprisal", value: `${formatBits(Math.min(logProb, 0))} bits` },
              ]),
          ...(isOne && rank !== null
            ? [{ name: "Rank", value: rank.atLeast ? `beyond ${rank.rank - 1}` : `${rank.rank}` }]
            : []),
          ...(isOne && entropy !== null
            ? [{ name: "Entropy", value: `at least ${entropy.toFixed(2)} bits` }]
            : []),
          ...(isOne ? [{ name: "Token id", value: token.id ?? "not sent" }] : []),
          {
            name: "Arrived",
            value: `${formatDuration(token.at)}${gap === null ? "" : `, ${formatDuration(Math.max(0, gap))} after the one before`}`,
          },
          ...(token.byHand ? [{ name: "Chosen", value: "by you, from the alternatives" }] : []),
          ...(token.repeated ? [{ name: "Removed here", value: quoteToken(token.repeated) }] : []),
          ...(token.part > 0 ? [{ name: "Request", value: token.part + 1 }] : []),
        ]}
      />
      {isOne ? (
        <AlternativeBars token={token} onPick={pinned && onBranch ? (text) => onBranch(index, text) : null} />
      ) : (
        <UnitParts text={text} parts={parts} />
      )}
    </FloatingCard>
  );
}

/** A character of several tokens: its bytes, and what each token added to the sum above. */
function UnitParts({ text, parts }: { text: string; parts: readonly TokenEvent[] }) {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0"));
  return (
    <div className="mt-3 text-xs">
      <p className="text-muted">
        One character of {parts.length} tokens; the numbers above are of all of them together.
      </p>
      {text.includes("\uFFFD") ? null : (
        <p className="mt-1 font-mono [overflow-wrap:anywhere]">UTF-8 {bytes.join(" ")}</p>
      )}
      <ol className="mt-1 space-y-0.5 tabular-nums">
        {parts.map((part) => (
          <li key={part.index} className="flex justify-between gap-2">
            <span>
              token {part.index + 1}, id {part.id ?? "not sent"}
            </span>
            <span>{part.logProb === null ? "no number" : `${formatNats(part.logProb)} nats`}</span>
          </li>
        ))}
      </ol>
    </div>
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
