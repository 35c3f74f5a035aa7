import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text as it may stand inside an element. Characters that XML 1.0 cannot hold become U+FFFD. */
function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not go out.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll("\r", "&#13;")
  );
}

/** An element around a value: objects become children, lists repeat the element, absent values nothing. */
export function element(name: string, value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((entry) => element(name, entry)).join("");
  const content = isJsonObject(value) ? children(value) : escapeXml(String(value));
  return `<${name}>${content}</${name}>`;
}

/** The members of an object as elements beside each other. */
export function children(value: JsonObject): string {
  return Object.entries(value)
    .map(([name, entry]) => element(name, entry))
    .join("");
}

/** An element of a document that was read: its name without prefix, its text, its children. */
export type XmlElement = {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
};

const PIECE = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w.:-]*)([^<>]*?)(\/?)>|([^<]+)/gy;
const DEEPEST = 16;

/** Reads a small document; undefined where it is no XML. Document types are refused: they only serve attacks here. */
export function parseXml(document: string): XmlElement | undefined {
  type Open = { name: string; text: string; children: XmlElement[] };
  const root: Open = { name: "", text: "", children: [] };
  const open: Open[] = [root];
  let end = 0;
  for (const piece of document.matchAll(PIECE)) {
    end = piece.index + piece[0].length;
    const [, closing, tag = "", , selfClosing, text] = piece;
    const current = open.at(-1) ?? root;
    const name = tag.replace(/^.*:/, "");
    if (text !== undefined) {
      current.text += unescapeXml(text);
    } else if (closing === "/") {
      if (open.length < 2 || current.name !== name) return undefined;
      open.pop();
    } else if (name !== "") {
      const next: Open = { name, text: "", children: [] };
      current.children.push(next);
      if (selfClosing !== "/") open.push(next);
      if (open.length > DEEPEST) return undefined;
    }
  }
  return end === document.length && open.length === 1 && root.children.length === 1
    ? root.children[0]
    : undefined;
}

/** The text of the first child with this name. */
export function textOf(parent: XmlElement, name: string): string | undefined {
  return parent.children.find((child) => child.name === name)?.text;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hexadecimal, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
