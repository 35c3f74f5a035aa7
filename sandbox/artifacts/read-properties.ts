const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

/** Reads Java's properties format: comments, continued lines, `=`, `:` or a blank between key and value, escapes. */
export function readProperties(text: string): Record<string, string> {
  const entries: [string, string][] = [];
  for (const line of logicalLines(text)) {
    const [, key = "", value = ""] =
      /^((?:\\[\s\S]|[^\\=:\s])*)(?:\s*[=:]\s*|\s+|$)([\s\S]*)$/.exec(line) ?? [];
    // DJL trims what it reads; Java itself would keep blanks at the end.
    if (key !== "") entries.push([unescapeText(key), unescapeText(value).trim()]);
  }
  return Object.fromEntries(entries);
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r\n|\n|\r/)) {
    const line = natural.trimStart();
    if (open === undefined && (line === "" || line.startsWith("#") || line.startsWith("!"))) continue;
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const whole = (open ?? "") + (continues ? line.slice(0, -1) : line);
    open = continues ? whole : undefined;
    if (!continues) lines.push(whole);
  }
  return open === undefined ? lines : [...lines, open];
}

function unescapeText(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_whole, code?: string, letter = "") =>
    code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
