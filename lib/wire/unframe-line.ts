const OPEN_BRACE = 123;
const BYTE_ORDER_MARK = 0xfeff;
/** Fields of server-sent events that carry no answer, and comments. */
const OTHER_FIELD = /^(?:event|id|retry)?:/;

/**
 * What of a line is JSON: the line itself, or what follows `data:`. Told by each line on its own, because a body
 * mixes both (the container's error object stands bare in an SSE body). Empty: nothing to read.
 *
 * `[DONE]` is passed over, not obeyed: rolling batch sends one after each token of the last step, and text comes
 * after the first. A lone `data:` with nothing behind it marks a step without a token.
 */
export function unframeLine(line: string): string {
  const first = line.charCodeAt(0);
  if (first === OPEN_BRACE) return line;
  const text = first === BYTE_ORDER_MARK ? line.slice(1) : line;
  const json = text.startsWith("data:") ? text.slice(5).trimStart() : text;
  if (json.trim() === "" || json.trim() === "[DONE]" || OTHER_FIELD.test(json)) return "";
  return json;
}
