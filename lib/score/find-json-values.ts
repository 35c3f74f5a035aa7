import { type Node, parseTree } from "jsonc-parser";

/** A leaf of a JSON text: where its value stands, quotes included, and how to get to it. */
export type JsonValue = { path: string; start: number; end: number };

const FENCE = /```(?:json)?\s*\n/i;

/**
 * The leaves of the JSON in a text, in its order. The JSON may stand alone or in a code fence, and may be cut off:
 * what is there is read. Empty where the text is no JSON object or list.
 */
export function findJsonValues(text: string): JsonValue[] {
  const fence = FENCE.exec(text);
  const begin = fence === null ? text.search(/\S/) : fence.index + fence[0].length;
  if (begin < 0) return [];
  const closing = fence === null ? -1 : text.indexOf("```", begin);
  const body = text.slice(begin, closing < 0 ? undefined : closing);
  // A bare word or number is an answer in prose, not a document.
  if (!/^\s*[[{]/.test(body)) return [];
  const root = parseTree(body, [], { allowTrailingComma: true });
  return root === undefined ? [] : leaves(root, "").map((leaf) => move(leaf, begin));
}

function leaves(node: Node, path: string): JsonValue[] {
  switch (node.type) {
    case "object":
      return (node.children ?? []).flatMap((property) => leaves(property, path));
    case "property": {
      const [key, value] = node.children ?? [];
      return value === undefined ? [] : leaves(value, `${path}${step(String(key?.value ?? ""), path)}`);
    }
    case "array":
      return (node.children ?? []).flatMap((entry, index) => leaves(entry, `${path}[${index}]`));
    default:
      return [{ path, start: node.offset, end: node.offset + node.length }];
  }
}

function step(key: string, path: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `[${JSON.stringify(key)}]`;
  return path === "" ? key : `.${key}`;
}

function move(leaf: JsonValue, by: number): JsonValue {
  return { path: leaf.path, start: leaf.start + by, end: leaf.end + by };
}
