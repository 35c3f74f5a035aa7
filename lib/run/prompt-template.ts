/** A name in double braces: letters, digits, hyphens and underscores, with room around. */
const VARIABLE = /\{\{\s*([\p{L}_][\p{L}\p{N}_-]{0,49})\s*\}\}/gu;

/** The variables of a prompt, each once, in the order in which they first stand there. */
export function variablesIn(prompt: string): string[] {
  return [...new Set([...prompt.matchAll(VARIABLE)].map((match) => match[1] ?? ""))];
}

/**
 * Puts values in the place of variables. A value is never looked through for variables itself; a variable without
 * a value stays as it is, and is named in `missing`.
 */
export function fillPrompt(
  prompt: string,
  values: Readonly<Record<string, string>>,
): { prompt: string; missing: string[] } {
  const missing = variablesIn(prompt).filter((name) => !Object.hasOwn(values, name) || values[name] === "");
  const filled = prompt.replace(VARIABLE, (whole, name: string) =>
    missing.includes(name) ? whole : (values[name] ?? whole),
  );
  return { prompt: filled, missing };
}
