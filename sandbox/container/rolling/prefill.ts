import type { PromptEvent } from "../open-generation.ts";
import type { RollingToken } from "../rolling-bytes.ts";

/** The prompt's tokens as `decoder_input_details` shows them; 0.29 to 0.31 show raw vocabulary pieces. */
export function prefillOf(minor: number, prompt: PromptEvent): RollingToken[] {
  const raw = minor >= 29 && minor <= 31;
  return prompt.tokens.map(({ id, text, bytes, logProb }) => ({
    id,
    text: raw ? vocabularyPiece(bytes) : text,
    logProb,
    special: false,
  }));
}

/** Bytes in the alphabet of byte-level vocabularies, where a space is `Ġ`. */
function vocabularyPiece(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCodePoint(ALPHABET[byte] ?? byte)).join("");
}

// GPT-2's table: printable bytes stand for themselves, the others count up from U+0100.
const ALPHABET: number[] = [];
for (let byte = 0, next = 256; byte < 256; byte += 1) {
  const printable =
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  ALPHABET.push(printable ? byte : next++);
}
