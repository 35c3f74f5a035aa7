import { parseArgs } from "node:util";
import { z } from "zod";

export const HELP = `sandbox: a local server that speaks Amazon SageMaker's protocols

  --port N        port to listen on (default 4580; 0 takes a free one)   SANDBOX_PORT
  --host HOST     address to listen on (default 127.0.0.1)               SANDBOX_HOST
  --clock SCALE   seconds of a real account that pass in one second      SANDBOX_CLOCK
                  (default 60; 1 is real time, 0 settles at once)
  --state FOLDER  where everything is remembered                         SANDBOX_STATE
                  (default .sagescope/sandbox)
  --fresh         forget what was remembered
  --seed N        seed of everything that is left to chance              SANDBOX_SEED
  --model PATH    the language model, a GGUF file                        SANDBOX_MODEL
  --parent PID    end when this process ends
  --help          this text
`;

const optionsSchema = z.object({
  port: z.coerce.number("--port must be a number").int().min(0).max(65_535),
  host: z.string().min(1),
  clock: z.coerce.number("--clock must be a number").min(0),
  state: z.string().min(1),
  fresh: z.boolean(),
  seed: z.coerce.number("--seed must be a number").int(),
  model: z.string().optional(),
  parent: z.coerce.number("--parent must be a process id").int().positive().optional(),
});

export type Options = z.infer<typeof optionsSchema>;

/** Reads flags, then the environment, then defaults. Throws an `Error` with a sentence for what it cannot read. */
export function parseOptions(
  flags: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  randomSeed: number,
): Options | "help" {
  // A flag that does not exist is an error, not a wish.
  const { values } = parseArgs({
    args: [...flags],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      clock: { type: "string" },
      state: { type: "string" },
      fresh: { type: "boolean" },
      seed: { type: "string" },
      model: { type: "string" },
      parent: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    return "help";
  }
  const parsed = optionsSchema.safeParse({
    port: values.port ?? environment.SANDBOX_PORT ?? 4580,
    host: values.host ?? environment.SANDBOX_HOST ?? "127.0.0.1",
    clock: values.clock ?? environment.SANDBOX_CLOCK ?? 60,
    state: values.state ?? environment.SANDBOX_STATE ?? ".sagescope/sandbox",
    fresh: values.fresh ?? false,
    seed: values.seed ?? environment.SANDBOX_SEED ?? randomSeed,
    model: values.model ?? environment.SANDBOX_MODEL,
    parent: values.parent,
  });
  if (!parsed.success) {
    throw new Error(z.prettifyError(parsed.error));
  }
  return parsed.data;
}
