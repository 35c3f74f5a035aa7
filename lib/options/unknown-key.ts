import type { Diagnostic, OptionFix } from "./diagnostic.ts";
import { nearestName } from "./nearest-name.ts";
import { findOption, isHere, isPassThrough, OPTION_ROWS } from "./option-catalogue.ts";
import type { PropertyEntry } from "./parse-properties.ts";
import type { OptionContext } from "./rule-facts.ts";

/** Without the rows that stand for many names, such as `option.<any field of vLLM>`. */
const ROWS = OPTION_ROWS.filter(({ name }) => !name.includes("<"));
const NAMES = ROWS.map(({ name }) => name);
/** What all options have in common makes no two of them alike. */
const PREFIX = "option.";
const BARE_NAMES = NAMES.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
const NEAREST = new Map<string, string | null>();
/** Names that are offered as a button each; the editor's completion has the others. */
const OFFERED = 4;

/** What is said of a key that no option has: which ones begin with it, else which one is spelt nearly so. */
export function unknownKey({ key, value, keySpan }: PropertyEntry, context: OptionContext): Diagnostic {
  const begun = optionsBegunBy(key, context);
  const meant = begun.length > 0 ? null : meantBy(key);
  const isHandedOn = isPassThrough(key, context.version, context.backend);
  const names = begun.length > 0 ? begun.slice(0, OFFERED) : meant ? [meant] : [];
  const fixes = names.map(
    (name): OptionFix => ({ label: `Use ${name}`, changes: { [key]: null, [name]: value } }),
  );
  const what = isHandedOn
    ? `${key} is not an option of LMI: it is handed to vLLM, which refuses what it does not know.`
    : names.length > 0
      ? `Nothing reads ${key}.`
      : `No LMI container reads ${key}.`;
  const question = begun.length > 0 ? beginWords(begun) : meant ? `Is ${meant} meant?` : "";
  return {
    ...keySpan,
    key,
    source: null,
    severity: isHandedOn ? "hint" : "warning",
    rule: isHandedOn ? "pass-through" : "unknown",
    message: `${what} ${question}`.trim(),
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

/** A name that is still being typed: the options of this version and back end that begin with it. */
function optionsBegunBy(key: string, context: OptionContext): string[] {
  // One letter begins too many to say anything.
  if (key.replace(/^option\./, "").length < 2) return [];
  return ROWS.filter((row) => row.name.startsWith(key) && isHere(row, context)).map(({ name }) => name);
}

function beginWords(begun: readonly string[]): string {
  const [only] = begun;
  if (begun.length === 1) return `Is ${only} meant?`;
  const rest = begun.length - OFFERED;
  const named = begun.slice(0, OFFERED).map((name) => name.replace(/^option\./, ""));
  return rest > 0
    ? `Options that begin so: ${named.join(", ")} and ${rest} more.`
    : `Options that begin so: ${named.slice(0, -1).join(", ")} and ${named.at(-1)}.`;
}

/** The answer for a key stays the same while the person types elsewhere. */
function meantBy(key: string): string | null {
  const known = NEAREST.get(key);
  if (known !== undefined) return known;
  const bare = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null;
  const meant = findOption(`${PREFIX}${key}`)
    ? `${PREFIX}${key}`
    : bare === null
      ? nearestName(key, NAMES)
      : findOption(bare)
        ? bare
        : nearestOption(bare);
  if (NEAREST.size > 1_000) NEAREST.clear();
  NEAREST.set(key, meant);
  return meant;
}

function nearestOption(bare: string): string | null {
  const near = nearestName(bare, BARE_NAMES);
  return near && `${PREFIX}${near}`;
}
