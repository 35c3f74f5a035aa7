import { AwsError } from "../aws-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { Shape, Shapes } from "./shapes.ts";

/** Where a walk looks shapes up, and where it reports what it finds. */
type Walk = {
  readonly shapes: Shapes;
  report(value: string, path: string, constraint: string): void;
};

/**
 * Checks a request body against AWS's own rules for the operation.
 * Throws `SerializationException` for a wrong JSON type and one `ValidationException`, or what the service calls it
 * instead, that lists every breach.
 */
export function validateInput(
  shapes: Shapes,
  operation: string,
  input: JsonObject,
  breach = "ValidationException",
): void {
  const shape = shapes.inputOf(operation);
  if (shape === undefined) {
    throw new AwsError("UnknownOperationException", `Unknown operation ${operation}`);
  }
  const breaches: string[] = [];
  function report(value: string, path: string, constraint: string): void {
    breaches.push(`Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`);
  }
  walk({ shapes, report }, shape, input, "");
  if (breaches.length > 0) {
    const noun = breaches.length === 1 ? "error" : "errors";
    throw new AwsError(breach, `${breaches.length} validation ${noun} detected: ${breaches.join("; ")}`);
  }
}

function walk(context: Walk, shape: Shape, value: JsonValue, path: string): void {
  switch (shape.type) {
    case "structure":
      walkStructure(context, shape, value, path);
      return;
    case "list":
      walkList(context, shape, value, path);
      return;
    case "map":
      walkMap(context, shape, value, path);
      return;
    case "string":
      if (typeof value !== "string") throw serialization(value, "String");
      for (const constraint of stringBreaches(shape, value)) {
        context.report(quoted(value), path, `Member must ${constraint}`);
      }
      return;
    case "boolean":
      if (typeof value !== "boolean") throw serialization(value, "Boolean");
      return;
    case "timestamp":
      // AWS JSON sends times as seconds; a date in text is the commonest mistake of hand-written clients.
      if (typeof value !== "number") throw serialization(value, "Timestamp");
      return;
    case "integer":
    case "long":
    case "float":
    case "double":
      if (typeof value !== "number")
        throw serialization(value, shape.type === "integer" ? "Integer" : "Number");
      walkNumber(context, shape, value, path);
      return;
  }
}

function walkStructure(context: Walk, shape: Shape, value: JsonValue, path: string): void {
  if (!isJsonObject(value)) {
    throw serialization(value, "Structure");
  }
  for (const [member, shapeName] of Object.entries(shape.members ?? {})) {
    const found = value[member];
    const memberPath = path === "" ? lowerCamel(member) : `${path}.${lowerCamel(member)}`;
    // Null and absent are the same thing to AWS JSON.
    if (found === undefined || found === null) {
      if (shape.required?.includes(member)) {
        context.report("null", memberPath, "Member must not be null");
      }
    } else {
      walk(context, context.shapes.named(shapeName), found, memberPath);
    }
  }
}

function walkList(context: Walk, shape: Shape, value: JsonValue, path: string): void {
  if (!Array.isArray(value)) {
    throw serialization(value, "List");
  }
  // The list itself is checked before its entries, and both are reported.
  for (const constraint of lengthBreaches(shape, value.length)) {
    context.report(quoted(value), path, `Member must ${constraint}`);
  }
  const member = context.shapes.named(shape.member ?? "");
  for (const [index, entry] of value.entries()) {
    // AWS counts from one and calls each entry `member`.
    walk(context, member, entry, `${path}.${index + 1}.member`);
  }
}

function walkMap(context: Walk, shape: Shape, value: JsonValue, path: string): void {
  if (!isJsonObject(value)) {
    throw serialization(value, "Map");
  }
  const entries = Object.entries(value);
  for (const constraint of lengthBreaches(shape, entries.length)) {
    context.report(quoted(value), path, `Member must ${constraint}`);
  }
  const keyShape = context.shapes.named(shape.key ?? "");
  const valueShape = context.shapes.named(shape.value ?? "");
  const keyBreaches = new Set(entries.flatMap(([key]) => stringBreaches(keyShape, key)));
  const valueBreaches = new Set<string>();
  for (const [key, entry] of entries) {
    if (valueShape.type !== "string") {
      walk(context, valueShape, entry, `${path}.${key}.member`);
      continue;
    }
    if (typeof entry !== "string") throw serialization(entry, "String");
    for (const constraint of stringBreaches(valueShape, entry)) valueBreaches.add(constraint);
  }
  // A map is reported whole: AWS does not say which entry it was.
  for (const [noun, breaches] of [["keys", keyBreaches] as const, ["value", valueBreaches] as const]) {
    if (breaches.size > 0) {
      const list = [...breaches].map((constraint) => `Member must ${constraint}`).join(", ");
      context.report(quoted(value), path, `Map ${noun} must satisfy constraint: [${list}]`);
    }
  }
}

function walkNumber(context: Walk, shape: Shape, value: number, path: string): void {
  if (shape.min !== undefined && value < shape.min) {
    context.report(quoted(value), path, `Member must have value greater than or equal to ${shape.min}`);
  }
  if (shape.max !== undefined && value > shape.max) {
    context.report(quoted(value), path, `Member must have value less than or equal to ${shape.max}`);
  }
}

function stringBreaches(shape: Shape, value: string): string[] {
  const breaches = lengthBreaches(shape, value.length);
  // A pattern is not tried on a text that is far too long: some of AWS's patterns are slow on those.
  if (shape.pattern !== undefined && value.length <= (shape.max ?? 8192)) {
    if (!matches(shape.pattern, value)) {
      breaches.push(`satisfy regular expression pattern: ${shape.pattern}`);
    }
  }
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    breaches.push(`satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  return breaches;
}

// What AWS's patterns have from Java and JavaScript does not, or not like that.
const JAVA: readonly (readonly [string, string])[] = [
  ["[\\p{Print}]", "[\\x20-\\x7e]"],
  ["\\p{Print}", "[\\x20-\\x7e]"],
  ["\\A", "^"],
  ["\\z", "$"],
  ["0-9-_", "0-9\\-_"],
];

// As many as there are patterns in the rules; compiling one costs more than a whole call.
const compiled = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, known);
  return known.test(value);
}

function compile(pattern: string): RegExp {
  const translated = JAVA.reduce((text, [java, script]) => text.replaceAll(java, script), pattern);
  return new RegExp(`^(?:${translated})$`, "u");
}

function lengthBreaches(shape: Shape, length: number): string[] {
  const breaches: string[] = [];
  if (shape.max !== undefined && length > shape.max) {
    breaches.push(`have length less than or equal to ${shape.max}`);
  }
  if (shape.min !== undefined && length < shape.min) {
    breaches.push(`have length greater than or equal to ${shape.min}`);
  }
  return breaches;
}

function serialization(value: JsonValue, wanted: string): AwsError {
  const found =
    typeof value === "string"
      ? "STRING_VALUE"
      : typeof value === "number"
        ? "NUMBER_VALUE"
        : typeof value === "boolean"
          ? `${String(value).toUpperCase()}_VALUE`
          : undefined;
  return new AwsError(
    "SerializationException",
    found === undefined
      ? "Start of structure or map found where not expected."
      : `${found} cannot be converted to ${wanted}`,
  );
}

function lowerCamel(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

function quoted(value: JsonValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.length > 300 ? `${text.slice(0, 300)}…` : text}'`;
}
