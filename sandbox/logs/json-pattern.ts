import { isJsonObject, type JsonValue, parseJson } from "../json.ts";
import { invalidPattern } from "./refusals.ts";

type Test = (value: JsonValue) => boolean;

const TOKEN =
  /\s*(\$(?:\.[\w-]+|\["[^"]+"\]|\[\d+\])+|&&|\|\||[()]|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|[^\s"()&|=<>!]+)/y;
const DEEPEST = 20;

/**
 * `{ $.level = "ERROR" && ($.tokens > 10 || $.user NOT EXISTS) }` as a test of messages. A message that is no JSON
 * object never matches; `*` in a text stands for anything. Throws `InvalidParameterException` for what is no pattern.
 */
export function parseJsonPattern(text: string): (message: string) => boolean {
  if (!text.endsWith("}")) throw invalidPattern();
  const tokens = tokensOf(text.slice(1, -1));
  const test = readAny(tokens, 0);
  if (tokens.length > 0) throw invalidPattern();
  return (message) => {
    const parsed = parseJson(message);
    return isJsonObject(parsed) && test(parsed);
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    tokens.push(token[1] ?? "");
    end = TOKEN.lastIndex;
  }
  if (text.slice(end).trim() !== "") throw invalidPattern();
  return tokens;
}

function readAny(tokens: string[], depth: number): Test {
  if (depth > DEEPEST) throw invalidPattern();
  const tests = [readAll(tokens, depth)];
  while (tokens[0] === "||") {
    tokens.shift();
    tests.push(readAll(tokens, depth));
  }
  return (value) => tests.some((test) => test(value));
}

function readAll(tokens: string[], depth: number): Test {
  const tests = [readOne(tokens, depth)];
  while (tokens[0] === "&&") {
    tokens.shift();
    tests.push(readOne(tokens, depth));
  }
  return (value) => tests.every((test) => test(value));
}

function readOne(tokens: string[], depth: number): Test {
  if (tokens[0] === "(") {
    tokens.shift();
    const inner = readAny(tokens, depth + 1);
    if (tokens.shift() !== ")") throw invalidPattern();
    return inner;
  }
  const path = tokens.shift();
  if (path === undefined || !path.startsWith("$")) throw invalidPattern();
  const steps = [...path.matchAll(/\.([\w-]+)|\["([^"]+)"\]|\[(\d+)\]/g)].map(
    ([, name, quoted, index]) => name ?? quoted ?? Number(index),
  );
  const operator = tokens.shift()?.toUpperCase();
  const operand = tokens.shift();
  if (operator === undefined || operand === undefined) throw invalidPattern();
  const test = comparison(operator, operand);
  return (value) => test(valueAt(value, steps));
}

function comparison(operator: string, operand: string): (found: JsonValue | undefined) => boolean {
  const word = operand.toUpperCase();
  if (operator === "NOT" && word === "EXISTS") return (found) => found === undefined;
  if (operator === "IS") {
    const wanted = { TRUE: true, FALSE: false, NULL: null }[word];
    if (wanted === undefined) throw invalidPattern();
    return (found) => found === wanted;
  }
  if (operator === "=") return equals(operand);
  if (operator === "!=") {
    const same = equals(operand);
    return (found) => found !== undefined && !same(found);
  }
  const number = Number(operand);
  const compare = COMPARISONS[operator];
  if (compare === undefined || Number.isNaN(number)) throw invalidPattern();
  return (found) => typeof found === "number" && compare(found, number);
}

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

function equals(operand: string): (found: JsonValue | undefined) => boolean {
  const quoted = operand.startsWith('"');
  const text = quoted ? operand.slice(1, -1).replace(/\\(.)/g, "$1") : operand;
  const parts = text.split("*");
  return (found) => {
    if (typeof found === "number") return !quoted && found === Number(text);
    return typeof found === "string" && (parts.length === 1 ? found === text : fits(found, parts));
  };
}

/** Whether a text is these parts in this order with anything between them. */
function fits(text: string, parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? "";
  let place = 0;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const found = text.indexOf(part, place);
    if (found === -1 || (index === 0 && found !== 0)) return false;
    place = found + part.length;
  }
  return text.length - last.length >= place && text.endsWith(last);
}

function valueAt(value: JsonValue, steps: readonly (string | number)[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of steps) {
    if (typeof step === "number") found = Array.isArray(found) ? found[step] : undefined;
    else found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}
