import type { Failure } from "#lib/failure.ts";

/** `NAME=value` lines, as they are typed or pasted from a shell or an `.env` file. */
export function renderEnvironmentLines(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}

/** Reads `NAME=value` lines. Empty lines and lines that begin with `#` say nothing; a value keeps its own `=`. */
export function parseEnvironmentLines(
  text: string,
): { ok: true; value: Record<string, string> } | { ok: false; failure: Failure } {
  const environment: Record<string, string> = {};
  for (const [position, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/^\s*(export\s+)?/, "");
    if (content.trim() === "" || content.startsWith("#")) continue;
    const equals = content.indexOf("=");
    const name = content.slice(0, Math.max(0, equals)).trim();
    if (name === "") return refuse(`Line ${position + 1} is not NAME=value: ${shorten(content)}`);
    if (Object.hasOwn(environment, name))
      return refuse(`${name} is set twice, in line ${position + 1} again.`);
    environment[name] = content.slice(equals + 1).trim();
  }
  return { ok: true, value: environment };
}

function refuse(message: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { code: "invalid", message, field: "environment" } };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
