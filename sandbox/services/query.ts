import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { Shape, Shapes } from "../shapes/shapes.ts";
import { validateInput } from "../shapes/validate-input.ts";
import { children } from "../xml.ts";

/** One call of a Query service: input that its shape allows in, output out; throws `AwsError` to refuse. */
export type QueryOperation = (scope: Scope, input: JsonObject) => JsonObject;

/** A service of the Query protocol: a form with an `Action` in, XML out. */
export type QueryService = {
  /** The namespace of its answers. */
  readonly namespace: string;
  readonly shapes: Shapes;
  readonly operations: ReadonlyMap<string, QueryOperation>;
};

const MOST_ENTRIES = 10_000;

/** Answers a form in XML. Throws an `AwsError` for whatever AWS refuses. */
export function answerQuery(service: QueryService, scope: Scope, body: string, requestId: string): string {
  const form = openForm(new URLSearchParams(body));
  const action = form.get("Action") ?? "";
  const operation = service.operations.get(action);
  const shape = service.shapes.inputOf(action);
  if (operation === undefined || shape === undefined) {
    throw new AwsError("InvalidAction", `Could not find operation ${action} for this sandbox.`);
  }
  const input = readStructure(service.shapes, shape, form, "");
  validateInput(service.shapes, action, input);
  const result = children(withMembers(operation(scope, input)));
  return `<${action}Response xmlns="${service.namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
}

function readStructure(shapes: Shapes, shape: Shape, form: Form, prefix: string): JsonObject {
  return Object.fromEntries(
    Object.entries(shape.members ?? {}).flatMap(([member, name]) => {
      const value = readValue(shapes, shapes.named(name), form, `${prefix}${member}`);
      return value === undefined ? [] : [[member, value]];
    }),
  );
}

function readValue(shapes: Shapes, shape: Shape, form: Form, path: string): JsonValue | undefined {
  switch (shape.type) {
    case "structure":
      return form.beginnings.has(path) ? readStructure(shapes, shape, form, `${path}.`) : undefined;
    case "list":
      return readList(shapes, shape, form, path);
    case "integer":
    case "long":
    case "float":
    case "double":
      return readNumber(form.get(path));
    case "boolean":
      return readBoolean(form.get(path));
    default:
      return form.get(path);
  }
}

function readList(shapes: Shapes, shape: Shape, form: Form, path: string): JsonValue | undefined {
  const entry = shapes.named(shape.member ?? "");
  const found: JsonValue[] = [];
  // Entries are counted from one, `Name.member.1`; a gap ends the list.
  for (let index = 1; index <= MOST_ENTRIES; index += 1) {
    const value = readValue(shapes, entry, form, `${path}.member.${index}`);
    if (value === undefined) break;
    found.push(value);
  }
  // A client writes an empty list as the bare name.
  return found.length > 0 || form.get(path) !== undefined ? found : undefined;
}

/** A form with the beginnings of its names, so that looking for a structure does not look through the whole form. */
type Form = { get(name: string): string | undefined; readonly beginnings: ReadonlySet<string> };

// No shape here is nested deeper than this.
const MOST_DOTS = 8;

function openForm(fields: URLSearchParams): Form {
  const values = new Map(fields);
  const beginnings = new Set<string>();
  for (const name of values.keys()) {
    let dot = name.indexOf(".");
    for (let count = 0; dot !== -1 && count < MOST_DOTS; count += 1) {
      beginnings.add(name.slice(0, dot));
      dot = name.indexOf(".", dot + 1);
    }
  }
  return { get: (name) => values.get(name), beginnings };
}

function readNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number)) {
    throw new AwsError("MalformedInput", `'${text.slice(0, 100)}' is not a number.`);
  }
  return number;
}

function readBoolean(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== "true" && text !== "false") {
    throw new AwsError("MalformedInput", `'${text.slice(0, 100)}' is neither true nor false.`);
  }
  return text === "true";
}

/** Lists as the Query protocol writes them: an element with a `member` for each entry, also where there are none. */
function withMembers(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      Array.isArray(entry)
        ? { member: entry.map((one) => (isJsonObject(one) ? withMembers(one) : one)) }
        : isJsonObject(entry)
          ? withMembers(entry)
          : entry,
    ]),
  );
}
