const NAMED: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\\": "\\" };

/** What a person typed, with `\n`, `\t`, `\r` and `\\` read as the characters they name. */
export function readEscapes(text: string): string {
  return text.replace(/\\([ntr\\])/g, (whole, name: string) => NAMED[name] ?? whole);
}

/** The opposite of `readEscapes`: one visible line whatever the text holds. */
export function showEscapes(text: string): string {
  return text.replace(/[\\\n\t\r]/g, (character) => {
    const name = Object.keys(NAMED).find((key) => NAMED[key] === character);
    return name === undefined ? character : `\\${name}`;
  });
}
