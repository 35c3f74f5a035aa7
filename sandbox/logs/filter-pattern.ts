import { parseJsonPattern } from "./json-pattern.ts";
import { invalidPattern } from "./refusals.ts";

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;

/**
 * A CloudWatch filter pattern as a test of messages: terms that must all be there, `-terms` that must not, `?terms`
 * of which one must, and `{ $.name = value }` for messages in JSON. Case counts. Throws `InvalidParameterException`
 * for what is no pattern, and for the two kinds that are not emulated.
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.startsWith("{")) return parseJsonPattern(text);
  if (text.startsWith("[")) throw notEmulated("Patterns for columns, [a, b, ...]");
  if (text.startsWith("%")) throw notEmulated("Regular expressions, %...%");
  const all: string[] = [];
  const none: string[] = [];
  const any: string[] = [];
  let end = 0;
  TERM.lastIndex = 0;
  for (let term = TERM.exec(text); term !== null; term = TERM.exec(text)) {
    const [, sign, quoted, bare] = term;
    end = TERM.lastIndex;
    const word = quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "";
    // AWS takes other characters only in quotes.
    if (bare !== undefined && !/^[\p{L}\p{N}_]+$/u.test(bare)) {
      throw invalidPattern(`Invalid character(s) in term '${bare}'`);
    }
    (sign === "-" ? none : sign === "?" ? any : all).push(word);
  }
  if (text.slice(end).trim() !== "") throw invalidPattern();
  // Beside terms that must be there the optional ones say nothing, as AWS documents.
  const optional = all.length > 0 ? [] : any;
  return (message) =>
    all.every((word) => message.includes(word)) &&
    !none.some((word) => message.includes(word)) &&
    (optional.length === 0 || optional.some((word) => message.includes(word)));
}

function notEmulated(what: string) {
  return invalidPattern(`${what}: not emulated by this sandbox.`);
}
