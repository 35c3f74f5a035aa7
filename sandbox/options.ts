import { parseArgs } from "node:util";
import { z } from "zod";
import { readEngineSpec } from "./engine/engine-spec.ts";

const optionsSchema = z.object({
  port: wholeNumber("--port must be a whole number from 0 to 65535", 0, 65_535),
  host: z.string().regex(/^\S+$/, "--host must be an address or a name"),
  clock: z
    .string()
    .regex(/^\d+(\.\d+)?$/, "--clock must be a number, 0 or more")
    .transform(Number),
  state: z.string().min(1, "--state must be a folder"),
  fresh: z.boolean(),
  seed: wholeNumber("--seed must be a whole number", -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  engine: z.string().transform((text, context) => {
    const read = readEngineSpec(text);
    if (read.ok) return read.spec;
    context.addIssue({ code: "custom", message: read.reason });
    return z.NEVER;
  }),
  parent: wholeNumber("--parent must be a process id", 1, 2 ** 31).optional(),
});

export type Options = z.infer<typeof optionsSchema>;

/** Reads flags, then the environment, then defaults. Throws an `Error` with a sentence for what it cannot read. */
export function parseOptions(
  flags: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  randomSeed: number,
): Options | "help" {
  const values = readFlags(flags);
  if (values.help === true) {
    return "help";
  }
  const parsed = optionsSchema.safeParse({
    port: values.port ?? environment.SANDBOX_PORT ?? "4580",
    host: values.host ?? environment.SANDBOX_HOST ?? "127.0.0.1",
    clock: values.clock ?? environment.SANDBOX_CLOCK ?? "60",
    state: values.state ?? environment.SANDBOX_STATE ?? ".sagescope/sandbox",
    fresh: values.fresh ?? false,
    seed: values.seed ?? environment.SANDBOX_SEED ?? String(randomSeed),
    engine: values.engine ?? environment.SANDBOX_ENGINE ?? "demo",
    parent: values.parent,
  });
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => issue.message).join("\n"));
  }
  return parsed.data;
}

// A flag that does not exist is an error, not a wish.
function readFlags(flags: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    const yes = { type: "boolean" } as const;
    const options = {
      ...{ port: text, host: text, clock: text, state: text, seed: text, engine: text, parent: text },
      ...{ fresh: yes, help: yes },
    };
    return parseArgs({ args: [...flags], options }).values;
  } catch (error) {
    // Node's first sentence names the flag; the rest explains Node.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new Error(`${sentence?.replace(/\.$/, "")}. --help lists the options.`);
  }
}

function wholeNumber(message: string, lowest: number, highest: number) {
  return z
    .string()
    .regex(/^-?\d+$/, message)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest, message);
}
