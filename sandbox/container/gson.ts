const ESCAPED: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "=": "\\u003d",
  "'": "\\u0027",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** A string as Java's Gson writes it: HTML characters escaped, quotes around it. */
function gsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&='\u2028\u2029]/g, (character) => ESCAPED[character] ?? character);
}

/** The error object of LMI's front end: `error` before `code`, no newline at the end. */
export function gsonError(message: string, code: number, pretty = false): string {
  return pretty
    ? `{\n  "error": ${gsonString(message)},\n  "code": ${code}\n}`
    : `{"error":${gsonString(message)},"code":${code}}`;
}

/** Gson's dump of an `Output`: what a client sees where the Python handler threw. */
export function gsonOutput(message: string, code: number): string {
  return `{"code":${code},"message":${gsonString(message)},"properties":{},"content":{"keys":[],"values":[]},"cancelled":false}`;
}

/** An error the front end makes before any worker sees the request: pretty, with a newline. */
export function frontEndError(code: number, type: string, message: string): string {
  return `{\n  "code": ${code},\n  "type": ${gsonString(type)},\n  "message": ${gsonString(message)}\n}\n`;
}
