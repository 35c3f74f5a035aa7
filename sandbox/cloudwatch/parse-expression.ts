/** An expression of metric math, taken apart. */
export type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "id"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "call"; readonly name: string; readonly items: readonly Node[] }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Node; readonly right: Node };

/** The tokens that are left; reading takes them away. */
type Tokens = string[];

/**
 * Parses numbers, ids, `+ - * /`, parentheses, lists in brackets and calls.
 * Throws a plain `Error` whose message says what was found where it was not expected.
 */
export function parseExpression(text: string): Node {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|\S/g) ?? [];
  const node = parseSum(tokens);
  if (tokens.length > 0) throw new Error(`Unexpected '${tokens[0]}'`);
  return node;
}

function parseSum(tokens: Tokens): Node {
  return parseBinary(tokens, ["+", "-"], parseProduct);
}

function parseProduct(tokens: Tokens): Node {
  return parseBinary(tokens, ["*", "/"], parseOperand);
}

function parseBinary(tokens: Tokens, operators: readonly string[], next: (tokens: Tokens) => Node): Node {
  let left = next(tokens);
  while (operators.includes(tokens[0] ?? "")) {
    const operator = tokens.shift() ?? "";
    left = { kind: "binary", operator, left, right: next(tokens) };
  }
  return left;
}

function parseOperand(tokens: Tokens): Node {
  const token = tokens.shift();
  if (token === undefined) throw new Error("The expression ends too early");
  if (/^\d/.test(token)) return { kind: "number", value: Number(token) };
  if (token === "-") {
    return { kind: "binary", operator: "-", left: { kind: "number", value: 0 }, right: parseOperand(tokens) };
  }
  if (token === "(") {
    const inner = parseSum(tokens);
    expectToken(tokens, ")");
    return inner;
  }
  if (token === "[") return { kind: "list", items: parseItems(tokens, "]") };
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`Unexpected '${token}'`);
  if (tokens[0] !== "(") return { kind: "id", name: token };
  tokens.shift();
  return { kind: "call", name: token, items: parseItems(tokens, ")") };
}

function parseItems(tokens: Tokens, closing: string): Node[] {
  const items: Node[] = [];
  while (tokens[0] !== closing) {
    if (items.length > 0) expectToken(tokens, ",");
    items.push(parseSum(tokens));
  }
  tokens.shift();
  return items;
}

function expectToken(tokens: Tokens, expected: string): void {
  const token = tokens.shift();
  if (token !== expected) throw new Error(`Expected '${expected}' but found '${token ?? "the end"}'`);
}
