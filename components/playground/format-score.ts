/** A probability as people read it: two to three digits, never a rounded 0 or 1 that is neither. */
export function formatProbability(probability: number): string {
  if (probability >= 0.9995 && probability < 1) return "> 0.999";
  if (probability > 0 && probability < 0.001) return probability.toExponential(1);
  return probability.toFixed(3);
}

/** A log probability in nats. */
export function formatNats(logProb: number): string {
  if (Object.is(logProb, -0) || logProb === 0) return "0";
  return Math.abs(logProb) < 0.0005 ? logProb.toExponential(1) : logProb.toFixed(3);
}

/** Nats as surprisal in bits: −log₂ p. */
export function formatBits(logProb: number): string {
  return (-logProb / Math.LN2 + 0).toFixed(2);
}

/** Milliseconds, in seconds from one second on. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** US dollars, of which a single answer costs a small part of a cent: two digits that say something. */
export function formatCost(dollars: number): string {
  if (dollars === 0 || dollars >= 1) return `$${dollars.toFixed(2)}`;
  const decimals = Math.max(2, 1 - Math.floor(Math.log10(dollars)));
  return dollars < 1e-6 ? "under $0.000001" : `$${dollars.toFixed(decimals)}`;
}

/** A token's text on one line, in quotation marks, with every invisible character written out. */
export function quoteToken(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\uFFFD]/gu, (character) => {
    const named: Record<string, string> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };
    const code = character.codePointAt(0) ?? 0;
    return named[character] ?? `\\u{${code.toString(16)}}`;
  });
  return `“${visible}”`;
}
