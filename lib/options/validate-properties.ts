import { backendTitle } from "#lib/lmi/backend-id.ts";
import { isVersionIn } from "#lib/lmi/versions.ts";
import { valueProblem } from "./check-value.ts";
import { nearestName } from "./nearest-name.ts";
import {
  findOption,
  isOver,
  isPassThrough,
  OPTION_ROWS,
  type OptionRow,
  RULE_ROWS,
} from "./option-catalogue.ts";
import { listEntries, type PropertiesFile, type PropertyEntry, readProperties } from "./parse-properties.ts";
import { type OptionContext, type RuleFacts, readFacts } from "./rule-facts.ts";
import { RULE_CHECKS } from "./rules.ts";

/** Changes of keys that put a diagnostic right; null removes one. */
type OptionFix = { label: string; changes: Record<string, string | null> };

export type Diagnostic = {
  severity: "error" | "warning" | "hint";
  /** Offsets into the text, for a squiggle; both 0 where nothing of the file is at fault. */
  from: number;
  to: number;
  key: string;
  message: string;
  /** A rule's id ("R15") or the kind of check. */
  rule: string;
  source: string | null;
  fix?: OptionFix;
};

/**
 * What is wrong with a `serving.properties` in a version and back end: every key's name, type, range, version
 * and back end, keys that stand twice, and the rules of the handlers. In the order of the text.
 */
export function validateProperties(file: PropertiesFile, context: OptionContext): Diagnostic[] {
  const entries = listEntries(file);
  const broken = checkRules(readFacts(readProperties(file), context), entries);
  // A handler's own rule says more than the type's about the same value.
  const isCovered = ({ rule, from }: Diagnostic) =>
    rule === "value" && broken.some((other) => other.severity === "error" && other.from === from);
  const checked = entries.flatMap((entry) => checkEntry(entry, context));
  return [...findRepetitions(file, entries), ...checked.filter((one) => !isCovered(one)), ...broken].toSorted(
    (left, right) => left.from - right.from || left.to - right.to,
  );
}

/** The same rules for properties that have no text, e.g. those of variables: `from` and `to` are 0. */
export function validateRules(
  properties: Readonly<Record<string, string>>,
  context: OptionContext,
): Diagnostic[] {
  return checkRules(readFacts(properties, context), []);
}

function checkRules(facts: RuleFacts, entries: readonly PropertyEntry[]): Diagnostic[] {
  return RULE_ROWS.flatMap((rule): Diagnostic[] => {
    const isMeant = rule.backend === "all" || rule.backend === facts.backend || rule.id === "R41";
    if (!isMeant || !isVersionIn(facts.version, rule.versions)) return [];
    const keys = RULE_CHECKS[rule.id]?.(facts);
    if (!keys) return [];
    const entry = keys.map((key) => entries.find((one) => one.key === key)).find((one) => one !== undefined);
    const span = entry?.valueSpan ?? { from: 0, to: 0 };
    return [
      {
        severity: rule.severity,
        ...span,
        key: entry?.key ?? keys[0] ?? "",
        message: `${rule.meaning} (${rule.when})`,
        rule: rule.id,
        source: rule.source,
      },
    ];
  });
}

function checkEntry(entry: PropertyEntry, context: OptionContext): Diagnostic[] {
  const option = findOption(entry.key);
  if (!option) return [unknownKey(entry, context)];
  const found: Diagnostic[] = [];
  const mark = (severity: Diagnostic["severity"], rule: string, message: string, on = entry.keySpan) =>
    found.push({ severity, ...on, key: entry.key, message, rule, source: option.source[0] ?? null });
  const problem = valueProblem(option, entry.value);
  if (problem && !isKnownToEngine(option, entry.value, context))
    mark("error", "value", `${entry.key}: ${problem}`, entry.valueSpan);
  if (/[ \t]$/.test(entry.value) && entry.value.trim() !== "")
    mark("warning", "blank", "The blanks at the end of the line are part of the value.", entry.valueSpan);
  if (!option.backends.includes(context.backend) && option.scope !== "server")
    mark("warning", "backend", `${entry.key} means nothing to ${backendTitle(context.backend)}.`);
  else if (!isVersionIn(context.version, option.versions, context.backend))
    mark("warning", "version", `LMI ${context.version} does not know ${entry.key}: ${option.versions}.`);
  else if (isOver(option, context.version)) mark("warning", "status", `${entry.key} is ${option.status}.`);
  return found;
}

/** Long spellings of data types are vLLM's own (rule R10 has its list). */
function isKnownToEngine(option: OptionRow, value: string, { backend }: OptionContext): boolean {
  return option.name === "option.dtype" && backend === "vllm" && /^(float(16|32)|bfloat16)$/.test(value);
}

const NAMES = OPTION_ROWS.map((row) => row.name);
const NEAREST = new Map<string, string | null>();

function unknownKey(entry: PropertyEntry, context: OptionContext): Diagnostic {
  const { key, value, keySpan } = entry;
  const base = { ...keySpan, key, source: null };
  const meant = meantBy(key);
  const fix = meant ? { fix: { label: `Use ${meant}`, changes: { [key]: null, [meant]: value } } } : {};
  if (isPassThrough(key, context.version, context.backend))
    return {
      ...base,
      severity: "hint",
      rule: "pass-through",
      message: `${key} is not an option of LMI: it is handed to vLLM, which refuses what it does not know.${
        meant ? ` Is ${meant} meant?` : ""
      }`,
      ...fix,
    };
  return {
    ...base,
    severity: "warning",
    rule: "unknown",
    message: meant ? `Nothing reads ${key}. Is ${meant} meant?` : `No LMI container reads ${key}.`,
    ...fix,
  };
}

/** The answer for a key stays the same while the person types elsewhere. */
function meantBy(key: string): string | null {
  const known = NEAREST.get(key);
  if (known !== undefined) return known;
  const meant = findOption(`option.${key}`)
    ? `option.${key}`
    : findOption(key.replace(/^option\./, ""))
      ? key.replace(/^option\./, "")
      : nearestName(key, NAMES);
  if (NEAREST.size > 1_000) NEAREST.clear();
  NEAREST.set(key, meant);
  return meant;
}

function findRepetitions(file: PropertiesFile, entries: readonly PropertyEntry[]): Diagnostic[] {
  const counting = new Set(entries);
  return file.lines.flatMap((line): Diagnostic[] =>
    line.kind !== "entry" || counting.has(line)
      ? []
      : [
          {
            severity: "warning",
            from: line.from,
            to: line.to,
            key: line.key,
            message: `${line.key} stands again further down, and the last one counts.`,
            rule: "repetition",
            source: null,
          },
        ],
  );
}
