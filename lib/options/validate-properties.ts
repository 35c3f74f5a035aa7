import { backendTitle } from "#lib/lmi/backend-id.ts";
import { isVersionIn } from "#lib/lmi/versions.ts";
import { valueProblem } from "./check-value.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { findOption, isOver, type OptionRow, RULE_ROWS } from "./option-catalogue.ts";
import { listEntries, type PropertiesFile, type PropertyEntry, readProperties } from "./parse-properties.ts";
import { type OptionContext, type RuleFacts, readFacts } from "./rule-facts.ts";
import { RULE_CHECKS } from "./rules.ts";
import { unknownKey } from "./unknown-key.ts";

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
  const choices = choicesOf(option, context);
  if (!problem && choices && !choices.includes(entry.value.trim())) {
    const words = `${backendTitle(context.backend)} takes ${choices.join(" or ")} here, not ${entry.value.trim()}.`;
    mark("warning", "value", `${entry.key}: ${words}`, entry.valueSpan);
  }
  if (/[ \t]$/.test(entry.value) && entry.value.trim() !== "")
    mark("warning", "blank", "The blanks at the end of the line are part of the value.", entry.valueSpan);
  if (!option.backends.includes(context.backend) && option.scope !== "server")
    mark("warning", "backend", `${entry.key} means nothing to ${backendTitle(context.backend)}.`);
  else if (!isVersionIn(context.version, option.versions, context.backend))
    mark("warning", "version", `LMI ${context.version} does not know ${entry.key}: ${option.versions}.`);
  else if (isOver(option, context.version)) mark("warning", "status", `${entry.key} is ${option.status}.`);
  return found;
}

/** The methods that the documentation names for a back end, of this version or of all; null where its list is open. */
function choicesOf({ name, per_backend: lists }: OptionRow, { version, backend }: OptionContext) {
  if (name !== "option.quantize" || !lists) return null;
  const list = lists[`${backend} ${version}`] ?? lists[backend];
  // Remarks stand behind a value: "awq (code)", "bitsandbytes8 (bitsandbytes is the deprecated spelling)".
  return Array.isArray(list)
    ? list.flatMap((each) => each.match(/^[a-z0-9_]+|(?<=\()[a-z0-9_]+(?= is)/g) ?? [])
    : null;
}

/** Long spellings of data types are vLLM's own (rule R10 has its list). */
function isKnownToEngine(option: OptionRow, value: string, { backend }: OptionContext): boolean {
  return option.name === "option.dtype" && backend === "vllm" && /^(float(16|32)|bfloat16)$/.test(value);
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
