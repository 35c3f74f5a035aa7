import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./programs.ts";

/** One step of the walk; `show` names the parts of the answer that a person asks for, none for the whole. */
export type Step = {
  readonly service: string;
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly show?: readonly string[];
};

const WIDTH = 100;
const REFUSED = /An error occurred \((\w+)\) when calling the \w+ operation: (.*)\n/;

/** Takes one step with the `aws` command; answers what it printed and what a person would have seen. */
export async function stepWithCli(url: string, step: Step): Promise<{ printed: string; seen: string }> {
  const environment = { AWS_ENDPOINT_URL: url, AWS_DEFAULT_OUTPUT: "text" };
  // The command has no event streams: the same bytes come as one body.
  const file = join(mkdtempSync(join(tmpdir(), "sandbox-cli-")), "answer.json");
  const invokes = step.call === "InvokeEndpointWithResponseStream";
  const call = invokes ? "InvokeEndpoint" : step.call;
  const query =
    step.show?.length === 0 ? [] : step.show ? ["--query", queryOf(step.show)] : ["--output", "json"];
  const words = [step.service, kebab(call), ...optionsOf(step.input), ...query];
  const printed = await run("aws", invokes ? [...words, file] : words, environment).catch((error: unknown) =>
    refusalIn(error),
  );
  const command = `$ aws ${[...words, ...(invokes ? ["answer.json"] : [])].map(quoted).join(" ")}`;
  const body = invokes ? readFileSync(file, "utf8") : "";
  const shown = invokes ? `$ cat answer.json\n${body.trimEnd()}\n` : printed;
  return { printed: invokes ? body : printed, seen: `${wrapped(command)}\n${shown}` };
}

/** The parts of an answer that `show` names, as the command prints them. */
export function shownAs(answer: unknown, show: readonly string[]): string {
  const parts = show.map(
    (path) =>
      path
        .split(/[.[\]]+/)
        .filter(Boolean)
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], answer), // Named after what is there.
  );
  return `${parts.join("\t")}\n`;
}

function refusalIn(error: unknown): string {
  const [, code, message] = REFUSED.exec(error instanceof Error ? error.message : "") ?? [];
  if (code === undefined) throw error;
  return JSON.stringify({ code, message });
}

function queryOf(show: readonly string[]): string {
  return show.length === 1 ? (show[0] ?? "") : `[${show.join(",")}]`;
}

function optionsOf(input: Step["input"]): string[] {
  return Object.entries(input).flatMap(([name, value]) => [
    `--${kebab(name)}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

function quoted(word: string): string {
  return /^[\w./:@=-]+$/.test(word) ? word : `'${word}'`;
}

/** As few lines as the width allows, broken before an option. */
function wrapped(command: string): string {
  const lines: string[] = [];
  for (const piece of command.split(/ (?=--)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length < WIDTH) lines.splice(-1, 1, `${last} ${piece}`);
    else lines.push(piece);
  }
  return lines.join(" \\\n    ");
}
