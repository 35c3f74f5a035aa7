/** A number that Python writes as a float: `-1.0`, not `-1`. */
export type Float = { readonly float: number };

/** JSON in the order it is written, with floats marked. */
export type Written =
  | null
  | boolean
  | number
  | string
  | Float
  | readonly Written[]
  | { readonly fields: Readonly<Record<string, Written | undefined>> };

/** Marks a number as a Python float. */
export function float(value: number): Float {
  return { float: value };
}

/** An object whose fields are written in this order; undefined values are left out. */
export function fields(entries: Record<string, Written | undefined>): Written {
  return { fields: entries };
}

/** `json.dumps(value, ensure_ascii=False)`: a space after commas and colons, NaN and Infinity as bare words. */
export function dumpPython(value: Written): string {
  return dump(value, ", ", ": ", pythonFloat);
}

/** pydantic's `model_dump_json`: no spaces, non-finite numbers as null. */
export function dumpPydantic(value: Written): string {
  return dump(value, ",", ":", pydanticFloat);
}

/** A string's JSON escapes without the quotes around it. */
export function escapeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function dump(value: Written, comma: string, colon: string, writeFloat: (value: number) => string): string {
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value);
  }
  if ("float" in value) {
    return writeFloat(value.float);
  }
  if ("fields" in value) {
    let body = "";
    // One line for each token of each stream: lists in between would cost more than the text.
    for (const key in value.fields) {
      const entry = value.fields[key];
      if (entry === undefined) continue;
      const before = body === "" ? "" : comma;
      body += `${before}${JSON.stringify(key)}${colon}${dump(entry, comma, colon, writeFloat)}`;
    }
    return `{${body}}`;
  }
  return `[${value.map((entry) => dump(entry, comma, colon, writeFloat)).join(comma)}]`;
}

// Both switch to an exponent below 1e-4, JavaScript only below 1e-6; Python pads the exponent to two digits.
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatDigits(value).replace(/e([+-])(\d)$/, "e$10$2");
}

function pydanticFloat(value: number): string {
  return Number.isFinite(value) ? floatDigits(value).replace("e+", "e") : "null";
}

function floatDigits(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential();
  const text = String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}
