import { startOf } from "../telemetry/metric-cells.ts";
import { type Node, parseExpression } from "./parse-expression.ts";

/** Values by the start of their period (milliseconds), with the period's length. */
export type Line = { readonly seconds: number; readonly points: ReadonlyMap<number, number> };

/** What an expression may look at: other queries by id, and the range that FILL fills (milliseconds). */
export type Surroundings = {
  lookup(id: string): Line;
  readonly from: number;
  readonly to: number;
};

type Value = number | Line | readonly Line[];

/**
 * Computes an expression: arithmetic, lists, and FILL, SUM, AVG, MIN, MAX, ABS, CEIL, FLOOR, PERIOD.
 * Throws a plain `Error` with a reason for what it cannot compute.
 */
export function evaluateExpression(expression: string, surroundings: Surroundings): Line {
  const value = evaluate(parseExpression(expression), surroundings);
  if (!isLine(value)) throw new Error("The expression must return a single time series");
  return value;
}

function evaluate(node: Node, surroundings: Surroundings): Value {
  switch (node.kind) {
    case "number":
      return node.value;
    case "id":
      return surroundings.lookup(node.name);
    case "list":
      return node.items.map((item) => lineOf(evaluate(item, surroundings), "A list"));
    case "binary":
      return combine(
        scalarOrLine(evaluate(node.left, surroundings)),
        scalarOrLine(evaluate(node.right, surroundings)),
        node.operator,
      );
    case "call":
      return call(
        node.name,
        node.items.map((item) => evaluate(item, surroundings)),
        surroundings,
      );
  }
}

const ROUNDING: ReadonlyMap<string, (value: number) => number> = new Map([
  ["ABS", Math.abs],
  ["CEIL", Math.ceil],
  ["FLOOR", Math.floor],
]);

const AGGREGATES: ReadonlyMap<string, (values: readonly number[]) => number> = new Map([
  ["SUM", total],
  ["AVG", (values: readonly number[]) => total(values) / values.length],
  ["MIN", (values: readonly number[]) => Math.min(...values)],
  ["MAX", (values: readonly number[]) => Math.max(...values)],
]);

function call(name: string, values: readonly Value[], surroundings: Surroundings): Value {
  const [first, second] = values;
  if (name === "FILL" && first !== undefined && typeof second === "number" && values.length === 2) {
    return filled(lineOf(first, name), second, surroundings);
  }
  if (first === undefined || values.length !== 1 || name === "FILL") {
    throw new Error(`Unsupported arguments of '${name}'`);
  }
  if (name === "PERIOD") return lineOf(first, name).seconds;
  const rounding = ROUNDING.get(name);
  if (rounding !== undefined) return mapLine(lineOf(first, name), rounding);
  const aggregate = AGGREGATES.get(name);
  if (aggregate === undefined) throw new Error(`Unsupported function '${name}'`);
  if (isList(first)) return acrossLines(first, aggregate);
  return aggregate([...lineOf(first, name).points.values()]);
}

function combine(left: number | Line, right: number | Line, operator: string): number | Line {
  if (typeof left === "number" && typeof right === "number") return compute(left, right, operator);
  if (typeof right === "number")
    return mapLine(lineOf(left, operator), (value) => compute(value, right, operator));
  if (typeof left === "number") return mapLine(right, (value) => compute(left, value, operator));
  // Where one side has no value the result has none.
  const both = [...left.points].flatMap(([at, value]) => {
    const other = right.points.get(at);
    return other === undefined ? [] : [[at, compute(value, other, operator)] as const];
  });
  return { seconds: left.seconds, points: finite(both) };
}

function compute(left: number, right: number, operator: string): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

function mapLine(line: Line, change: (value: number) => number): Line {
  return { ...line, points: finite([...line.points].map(([at, value]) => [at, change(value)] as const)) };
}

// A division by zero has no value.
function finite(points: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  return new Map(points.filter(([, value]) => Number.isFinite(value)));
}

function acrossLines(lines: readonly Line[], aggregate: (values: readonly number[]) => number): Line {
  const moments = [...new Set(lines.flatMap((line) => [...line.points.keys()]))];
  const points = moments
    .toSorted((left, right) => left - right)
    .map((at) => [at, aggregate(lines.flatMap((line) => line.points.get(at) ?? []))] as const);
  return { seconds: lines[0]?.seconds ?? 60, points: finite(points) };
}

function filled(line: Line, value: number, { from, to }: Surroundings): Line {
  const step = line.seconds * 1000;
  const first = startOf(from, line.seconds);
  const count = Math.max(0, Math.ceil((to - first) / step));
  const moments = Array.from({ length: count }, (_, index) => first + index * step);
  return { ...line, points: new Map(moments.map((at) => [at, line.points.get(at) ?? value])) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function isList(value: Value): value is readonly Line[] {
  return Array.isArray(value);
}

function isLine(value: Value): value is Line {
  return typeof value !== "number" && !isList(value);
}

function lineOf(value: Value, where: string): Line {
  if (!isLine(value)) throw new Error(`${where} takes time series`);
  return value;
}

function scalarOrLine(value: Value): number | Line {
  if (isList(value)) throw new Error("A list of time series cannot be an operand");
  return value;
}
