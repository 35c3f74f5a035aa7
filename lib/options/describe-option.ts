import type { BackendId } from "#lib/lmi/backend-id.ts";
import { unitOf } from "./check-value.ts";
import { environmentName } from "./environment.ts";
import {
  type DefaultStatement,
  defaultsOf,
  findOption,
  isHere,
  OPTION_ROWS,
  type OptionRow,
} from "./option-catalogue.ts";

/** What a hover says about an option, ready to be laid out. Nothing is filled in where no source says. */
export type OptionHelp = {
  key: string;
  description: string;
  type: string;
  unit: string;
  choices: string[];
  /** Several where documentation and code disagree; empty where nobody says. */
  defaults: DefaultStatement[];
  /** The variable with the same meaning; null where the version has none. */
  environmentName: string | null;
  versions: string;
  status: string;
  isKnownHere: boolean;
  remarks: string[];
  conflicts: string[];
  sources: string[];
};

type Place = { version: string; backend: BackendId };

/** Help for a key, or null for one the catalogue does not have. */
export function describeOption(key: string, { version, backend }: Place): OptionHelp | null {
  const row = findOption(key);
  if (!row) return null;
  return {
    key,
    description: row.description,
    type: row.type,
    unit: unitOf(row),
    choices: choicesOf(row),
    defaults: defaultsOf(row, version, backend),
    environmentName: environmentName(key, version),
    versions: row.versions,
    status: row.status,
    isKnownHere: isHere(row, { version, backend }),
    remarks: [...row.validation, ...(row.note ? [row.note] : [])],
    conflicts: row.conflicts,
    sources: row.source,
  };
}

export type Completion = {
  label: string;
  /** What replaces the text from `from` to `to`. */
  insert: string;
  from: number;
  to: number;
  description: string;
};

/**
 * What can stand at a place of a `serving.properties`: keys of this version and back end before the `=`, values
 * of a closed list or type after it. Keys the text has already are left out; nearest beginnings first.
 */
export function completeProperty(text: string, offset: number, place: Place): Completion[] {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^\s*[#!]/.test(before)) return [];
  const typed = before.match(/^\s*([^=:\s]+)\s*[=:]\s*(.*)$/);
  if (typed) {
    const [, key = "", value = ""] = typed;
    return completeValue(key, value, offset);
  }
  const word = before.trimStart();
  const from = offset - word.length;
  const rest = text.slice(offset).match(/^[^=:\s]*/)?.[0] ?? "";
  const present = new Set(
    [...text.matchAll(/^[ \t]*([^#!=:\s][^=:\s]*)/gm)]
      .filter((match) => match.index + match[0].length < lineStart || match.index >= offset)
      .map((match) => match[1]),
  );
  const bare = word.replace(/^option\.?/, "");
  return OPTION_ROWS.filter(
    (row) =>
      isHere(row, place) && !row.name.includes("<") && !present.has(row.name) && row.name.includes(bare),
  )
    .toSorted((left, right) => rank(left.name, word) - rank(right.name, word))
    .map((row) => ({
      label: row.name,
      insert: text[offset + rest.length] === "=" ? row.name : `${row.name}=`,
      from,
      to: offset + rest.length,
      description: row.description,
    }));
}

function completeValue(key: string, value: string, offset: number): Completion[] {
  const row = findOption(key);
  if (!row) return [];
  return choicesOf(row)
    .filter((choice) => choice.startsWith(value))
    .map((choice) => ({
      label: choice,
      insert: choice,
      from: offset - value.length,
      to: offset,
      description: row.description,
    }));
}

function choicesOf(row: OptionRow): string[] {
  if (row.type === "boolean") return ["true", "false"];
  const choices = row.allowed.map(String).filter((choice) => !/[<\s(]/.test(choice));
  return row.type === "integer or max" ? ["max", ...choices] : choices;
}

/** What begins as it is typed comes first, then what does so without the prefix, then what has it somewhere. */
function rank(name: string, word: string): number {
  if (name.startsWith(word)) return 0;
  return name.replace(/^option\./, "").startsWith(word.replace(/^option\.?/, "")) ? 1 : 2;
}
