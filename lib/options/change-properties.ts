import { listEntries, type PropertiesFile, type PropertyLine, parseProperties } from "./parse-properties.ts";

/**
 * The file with `key` set to `value`: its last entry changes in place, everything else keeps its bytes; a new
 * key comes after the last line. The same file where nothing changes.
 */
export function setProperty(file: PropertiesFile, key: string, value: string): PropertiesFile {
  const present = listEntries(file).find((entry) => entry.key === key);
  if (present?.value === value) return file;
  if (!present) {
    const last = file.lines.at(-1);
    const open = last && !/[\r\n]$/.test(last.raw) ? "\n" : "";
    return reread([...file.lines.map((line) => line.raw), `${open}${renderEntry(key, value)}\n`]);
  }
  return reread(file.lines.map((line) => (line === present ? withValue(line, value) : line.raw)));
}

/** The file without any entry of `key`; comments stay. */
export function removeProperty(file: PropertiesFile, key: string): PropertiesFile {
  if (!file.lines.some((line) => isEntryOf(line, key))) return file;
  return reread(file.lines.filter((line) => !isEntryOf(line, key)).map((line) => line.raw));
}

/** Several changes in turn; null removes the key. */
export function changeProperties(
  file: PropertiesFile,
  changes: Readonly<Record<string, string | null>>,
): PropertiesFile {
  return Object.entries(changes).reduce(
    (changed, [key, value]) =>
      value === null ? removeProperty(changed, key) : setProperty(changed, key, value),
    file,
  );
}

/** The file with another name for a key, at the same place; an entry the new name already has is kept instead. */
export function renameProperty(file: PropertiesFile, key: string, name: string): PropertiesFile {
  const entries = listEntries(file);
  const present = entries.find((entry) => entry.key === key);
  if (!present) return file;
  if (entries.some((entry) => entry.key === name)) return removeProperty(file, key);
  return reread(
    file.lines.flatMap((line) => {
      if (line !== present) return isEntryOf(line, key) ? [] : [line.raw];
      const { raw, from, keySpan } = present;
      return [raw.slice(0, keySpan.from - from) + escapeKey(name) + raw.slice(keySpan.to - from)];
    }),
  );
}

/** A file that says exactly this, one `key=value` a line. */
export function writeProperties(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${renderEntry(key, value)}\n`)
    .join("");
}

function isEntryOf(line: PropertyLine, key: string): boolean {
  return line.kind === "entry" && line.key === key;
}

function withValue(line: Extract<PropertyLine, { kind: "entry" }>, value: string): string {
  const { raw, from, valueSpan, keySpan } = line;
  const head = raw.slice(0, valueSpan.from - from);
  const bare = valueSpan.from === keySpan.to ? "=" : "";
  return `${head}${bare}${escapeValue(value)}${raw.slice(valueSpan.to - from)}`;
}

function renderEntry(key: string, value: string): string {
  return `${escapeKey(key)}=${escapeValue(value)}`;
}

function escapeKey(key: string): string {
  return escapeText(key).replace(/[=: #!]/g, (character) => `\\${character}`);
}

/** A blank at the front would be taken for part of the separator. */
function escapeValue(value: string): string {
  return escapeText(value).replace(/^ /, "\\ ");
}

function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\f", "\\f");
}

function reread(raws: readonly string[]): PropertiesFile {
  return parseProperties(raws.join(""));
}
