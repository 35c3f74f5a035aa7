import type { OptionRow } from "./option-catalogue.ts";

/**
 * The sentence for what is wrong with a value by its option's type, list or range; null where nothing is. Types
 * and bounds are the catalogue's; a list with gaps to fill in ("<vLLM load formats>") is not closed.
 */
export function valueProblem(option: OptionRow, value: string): string | null {
  const written = value.trim();
  if (written === "") return "An empty value means nothing to the server: remove the line, or give a value.";
  if (/^(["']).*\1$/.test(written) && !/^(JSON|map|string)/.test(option.type))
    return "Quotation marks would become part of the value.";
  const kind = kindOf(option.type);
  switch (kind) {
    case "boolean":
      return /^(true|false)$/i.test(written) ? null : "Write true or false.";
    case "integer":
      if (option.type.includes("max") && written === "max") return null;
      if (!/^[+-]?\d+$/.test(written))
        return option.type.includes("max") ? "Write a whole number or max." : "Write a whole number.";
      return rangeProblem(option, Number(written));
    case "float":
      if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written)) return "Write a number.";
      return rangeProblem(option, Number(written));
    case "JSON":
      return isJson(written) ? null : "Write JSON; this cannot be read as JSON.";
    case "enum":
      return enumProblem(option, written);
    default:
      return null;
  }
}

/** The unit a bare number is in, for people: "s", "ms", "MB", "bytes", "GiB"; empty where there is none. */
export function unitOf(option: OptionRow): string {
  return option.type.match(/\(([^)]+)\)/)?.[1] ?? "";
}

type Kind = "boolean" | "integer" | "float" | "JSON" | "enum" | "text";

function kindOf(type: string): Kind {
  const first = type.split(/[\s(]/)[0];
  if (type === "enum") return "enum";
  if (type === "JSON" || type === "JSON list") return "JSON";
  if (first === "boolean" || first === "integer") return first;
  return first === "float" ? "float" : "text";
}

function rangeProblem({ range }: OptionRow, value: number): string | null {
  // A bound that only one back end checks is a rule of its own.
  if (!range || range.applies) return null;
  const { min, max, exclusive } = range;
  if (typeof min === "number" && (exclusive ? value <= min : value < min))
    return exclusive ? `It must be more than ${min}.` : `It must be at least ${min}.`;
  return typeof max === "number" && value > max ? `It must be at most ${max}.` : null;
}

function enumProblem({ allowed }: OptionRow, value: string): string | null {
  const choices = allowed.map(String);
  const isOpen = choices.length === 0 || choices.some((choice) => /[<\s]/.test(choice));
  if (isOpen || choices.includes(value)) return null;
  return `Write one of ${choices.join(", ")}.`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
