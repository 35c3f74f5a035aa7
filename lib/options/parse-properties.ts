/** One logical line of a `serving.properties`; `raw` is exactly what stood there, its line end included. */
export type PropertyLine =
  | { kind: "blank" | "comment"; raw: string; from: number; to: number }
  | {
      kind: "entry";
      raw: string;
      /** Offsets into the whole text, for marks in an editor; `to` leaves the line end out. */
      from: number;
      to: number;
      key: string;
      value: string;
      keySpan: Span;
      valueSpan: Span;
    };

type Span = { from: number; to: number };
export type PropertyEntry = Extract<PropertyLine, { kind: "entry" }>;

/** A `serving.properties` with everything kept: `renderProperties(parseProperties(text))` is `text`. */
export type PropertiesFile = { lines: readonly PropertyLine[] };

/**
 * Reads Java's properties syntax as `java.util.Properties.load` does, which is what DJL Serving calls: `#` and
 * `!` begin a comment, an odd number of backslashes at a line's end continues it, the key ends at the first
 * unescaped `=`, `:` or blank, escapes are `\t \n \r \f \uXXXX` and `\x` for x. Never fails; what Java would
 * refuse (`\u` without four digits) stays as it is written.
 */
export function parseProperties(text: string): PropertiesFile {
  const lines: PropertyLine[] = [];
  let from = 0;
  while (from < text.length) {
    const end = endOfLogicalLine(text, from);
    const raw = text.slice(from, end);
    lines.push(readLine(raw, from));
    from = end;
  }
  return { lines };
}

/** The text again, byte for byte. */
export function renderProperties(file: PropertiesFile): string {
  return file.lines.map((line) => line.raw).join("");
}

/** Entries that count: of a key that stands twice Java takes the last. In the order of the file. */
export function listEntries(file: PropertiesFile): PropertyEntry[] {
  const last = new Map<string, PropertyEntry>();
  for (const line of file.lines) if (line.kind === "entry") last.set(line.key, line);
  return file.lines.filter(
    (line): line is PropertyEntry => line.kind === "entry" && last.get(line.key) === line,
  );
}

/** What the file says, as the server sees it: keys to values. */
export function readProperties(file: PropertiesFile): Record<string, string> {
  return Object.fromEntries(listEntries(file).map(({ key, value }) => [key, value]));
}

function endOfLogicalLine(text: string, from: number): number {
  const start = text.slice(from).search(/[^\t\f ]/);
  const first = start < 0 ? "" : text[from + start];
  const mayContinue = first !== "#" && first !== "!" && first !== "\n" && first !== "\r";
  let at = from;
  for (;;) {
    const stop = text.slice(at).search(/[\r\n]/);
    if (stop < 0) return text.length;
    const lineEnd = at + stop;
    const next = text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : lineEnd + 1;
    const slashes = text.slice(at, lineEnd).match(/\\+$/)?.[0].length ?? 0;
    if (!mayContinue || slashes % 2 === 0) return next;
    at = next;
  }
}

function readLine(raw: string, from: number): PropertyLine {
  const content = raw.replace(/[\r\n]+$/, "");
  const to = from + content.length;
  const start = content.search(/[^\t\f ]/);
  if (start < 0) return { kind: "blank", raw, from, to };
  if (content[start] === "#" || content[start] === "!") return { kind: "comment", raw, from, to };
  let keyEnd = start;
  while (keyEnd < content.length && !/[=:\t\f \r\n]/.test(content[keyEnd] ?? "")) {
    keyEnd += content[keyEnd] === "\\" ? 2 : 1;
  }
  keyEnd = Math.min(keyEnd, content.length);
  const separator = content.slice(keyEnd).match(/^[\t\f ]*[=:]?[\t\f ]*(?:\\\r?\n[\t\f ]*)?/)?.[0] ?? "";
  const valueStart = keyEnd + separator.length;
  return {
    kind: "entry",
    raw,
    from,
    to,
    key: readEscapes(content.slice(start, keyEnd)),
    value: readEscapes(content.slice(valueStart)),
    keySpan: { from: from + start, to: from + keyEnd },
    valueSpan: { from: from + valueStart, to },
  };
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

function readEscapes(written: string): string {
  return written.replace(
    /\\(\r\n|\r|\n)[\t\f ]*|\\u([0-9a-fA-F]{4})|\\([\s\S]?)/g,
    (_whole, lineEnd: string | undefined, code: string | undefined, other: string | undefined) => {
      if (lineEnd !== undefined) return "";
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return ESCAPES[other ?? ""] ?? other ?? "";
    },
  );
}
