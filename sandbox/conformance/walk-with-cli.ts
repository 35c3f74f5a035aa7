import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runPython } from "./programs.ts";

const outcomeSchema = z.object({ code: z.number(), printed: z.string(), said: z.string() });

/** One step of the walk; `show` names the parts of the answer that a person asks for, none for the whole. */
export type Step = {
  readonly service: string;
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly show?: readonly string[];
};

const WIDTH = 100;
const REFUSED = /An error occurred \((\w+)\) when calling the \w+ operation: (.*)\n/;

type Taken = { readonly printed: string; readonly seen: string };

/** Takes steps with the `aws` command; answers what each printed and what a person would have seen. */
export async function walkWithCli(url: string, steps: readonly Step[]): Promise<Taken[]> {
  const environment = { AWS_ENDPOINT_URL: url, AWS_DEFAULT_OUTPUT: "text" };
  // The command has no event streams: the same bytes come as one body.
  const file = join(mkdtempSync(join(tmpdir(), "sandbox-cli-")), "answer.json");
  const commands = steps.map((step) => [...wordsOf(step), ...(invokes(step) ? [file] : [])]);
  const outcomes = await runPython("run-aws.py", [JSON.stringify(commands)], environment);
  return z
    .array(outcomeSchema)
    .parse(outcomes)
    .map(({ code, printed, said }, index) => {
      const step = steps[index];
      if (step === undefined) throw new Error("more outcomes than steps");
      const words = [...wordsOf(step), ...(invokes(step) ? ["answer.json"] : [])];
      const command = wrapped(`$ aws ${words.map(quoted).join(" ")}`);
      if (code !== 0) return { printed: refusalIn(said), seen: `${command}\n` };
      if (!invokes(step)) return { printed, seen: `${command}\n${printed}` };
      const body = readFileSync(file, "utf8");
      return { printed: body, seen: `${command}\n$ cat answer.json\n${body.trimEnd()}\n` };
    });
}

function invokes(step: Step): boolean {
  return step.call === "InvokeEndpointWithResponseStream";
}

function wordsOf(step: Step): string[] {
  const call = invokes(step) ? "InvokeEndpoint" : step.call;
  const query =
    step.show?.length === 0 ? [] : step.show ? ["--query", queryOf(step.show)] : ["--output", "json"];
  return [step.service, kebab(call), ...optionsOf(step.input), ...query];
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

function refusalIn(said: string): string {
  const [, code, message] = REFUSED.exec(said) ?? [];
  if (code === undefined) throw new Error(`the aws command failed: ${said}`);
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
