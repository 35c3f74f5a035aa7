import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, type JsonValue, objectsAt, stringAt } from "../../json.ts";
import { type Property, propertyOf, type Searched, valuesAt } from "./property.ts";

type Test = (record: JsonValue) => boolean;

const MOST_ELEMENTS = 20;
const ORDERING = ["GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"];

/** A search expression as a test of records. Throws AWS's refusals for names, operators and values that do not fit. */
export function readExpression(resource: Searched, expression: JsonObject | undefined): Test {
  if (expression === undefined) return () => true;
  if (countContains(expression) > 1) {
    throw validationException("'CONTAINS' operator usage limit of 1 exceeded.");
  }
  return readBranch(resource, expression);
}

function readBranch(resource: Searched, expression: JsonObject): Test {
  const filters = objectsAt(expression, "Filters");
  const nested = objectsAt(expression, "NestedFilters");
  const branches = objectsAt(expression, "SubExpressions");
  const elements = filters.length + nested.length + branches.length;
  if (elements === 0) {
    throw validationException(
      "A search expression must have at least one filter, nested filter or subexpression.",
    );
  }
  if (elements > MOST_ELEMENTS) {
    throw validationException(`A search expression can have at most ${MOST_ELEMENTS} elements.`);
  }
  const tests = [
    ...filters.map((filter) => readFilter(filter, propertyOf(resource, stringAt(filter, "Name") ?? ""))),
    ...nested.map((one) => readNested(resource, one)),
    ...branches.map((branch) => readBranch(resource, branch)),
  ];
  return expression.Operator === "Or"
    ? (record) => tests.some((test) => test(record))
    : (record) => tests.every((test) => test(record));
}

/** Filters that one and the same entry of a list has to pass together. */
function readNested(resource: Searched, nested: JsonObject): Test {
  const name = stringAt(nested, "NestedPropertyName") ?? "";
  const list = propertyOf(resource, name);
  if (list.kind !== "list") throw validationException(`The property ${name} is no list of objects.`);
  const tests = objectsAt(nested, "Filters").map((filter) => {
    const inner = stringAt(filter, "Name") ?? "";
    // Names are whole, `ProductionVariants.VariantName`, or begin inside the list.
    const whole = inner.startsWith(`${name}.`) ? inner : `${name}.${inner}`;
    const { path, kind } = propertyOf(resource, whole);
    return readFilter(filter, { path: path.slice(list.path.length), kind });
  });
  return (record) => {
    const entries = valuesAt(record, list.path).flatMap((value): JsonValue[] =>
      Array.isArray(value) ? value : [value],
    );
    return entries.some((entry) => isJsonObject(entry) && tests.every((test) => test(entry)));
  };
}

function readFilter(filter: JsonObject, { path, kind }: Property): Test {
  const name = stringAt(filter, "Name") ?? "";
  const operator = stringAt(filter, "Operator") ?? "Equals";
  const value = stringAt(filter, "Value");
  if (operator === "Exists") return (record) => valuesAt(record, path).length > 0;
  if (operator === "NotExists") return (record) => valuesAt(record, path).length === 0;
  if (value === undefined)
    throw validationException(`A value is required for the operator ${operator} on ${name}.`);
  const isText = kind === "string" || kind === "boolean";
  if (isText && ORDERING.includes(operator)) {
    throw validationException(`The operator ${operator} is not supported for the text property ${name}.`);
  }
  if (!isText && ["Contains", "In"].includes(operator)) {
    throw validationException(
      `The operator ${operator} is only supported for text properties, and ${name} is none.`,
    );
  }
  const test = isText ? textTest(operator, value) : orderTest(operator, numberOf(kind, name, value));
  // What is not there is not equal to anything.
  if (operator === "NotEquals") return (record) => !valuesAt(record, path).some((found) => !test(found));
  return (record) => valuesAt(record, path).some(test);
}

function textTest(operator: string, value: string): (found: JsonValue) => boolean {
  const several = value.split(",").map((one) => one.trim());
  return (found) => {
    const text = String(found);
    switch (operator) {
      case "Contains":
        return text.includes(value);
      case "In":
        return several.includes(text);
      case "NotEquals":
        return text !== value;
      default:
        return text === value;
    }
  };
}

function orderTest(operator: string, value: number): (found: JsonValue) => boolean {
  return (found) => {
    if (typeof found !== "number") return false;
    switch (operator) {
      case "GreaterThan":
        return found > value;
      case "GreaterThanOrEqualTo":
        return found >= value;
      case "LessThan":
        return found < value;
      case "LessThanOrEqualTo":
        return found <= value;
      case "NotEquals":
        return found !== value;
      default:
        return found === value;
    }
  };
}

/** The number a value means; times are given in ISO 8601, without a zone in UTC, and compared in seconds. */
function numberOf(kind: Property["kind"], name: string, value: string): number {
  if (kind === "list") throw validationException(`The property ${name} cannot be compared with a value.`);
  const isTime = kind === "timestamp";
  const dated = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(value);
  const number = isTime
    ? dated === null
      ? Number.NaN
      : Date.parse(dated[2] === undefined ? `${value}Z` : value) / 1000
    : Number(value);
  if (Number.isNaN(number) || value.trim() === "") {
    const wanted = isTime ? "a date and time such as 2026-01-31T12:00:00" : "a number";
    throw validationException(`The value '${value}' of the property ${name} is not ${wanted}.`);
  }
  return number;
}

function countContains(expression: JsonObject): number {
  const filters = [
    ...objectsAt(expression, "Filters"),
    ...objectsAt(expression, "NestedFilters").flatMap((nested) => objectsAt(nested, "Filters")),
  ];
  return objectsAt(expression, "SubExpressions").reduce(
    (count, branch) => count + countContains(branch),
    filters.filter((filter) => filter.Operator === "Contains").length,
  );
}
