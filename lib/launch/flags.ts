import { parseArgs } from "node:util";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** What a person may ask of `npm start` and `npm run dev`. */
export type LaunchFlags = {
  help: boolean;
  port: number | undefined;
  host: string;
  aws: boolean;
  profile: string | undefined;
  region: string | undefined;
  state: string | undefined;
  clock: string | undefined;
};

export const USAGE = `Usage: npm start -- [flags]        (npm run dev takes the same ones)

  --port N           listen on this port or not at all (default: 3000, or the next free one)
  --host H           listen on this address (default: 127.0.0.1, this machine only)
  --state FOLDER     keep the local SageMaker's state here (default: .sagescope)
  --clock N          how much faster than real endpoints the local ones change state
  --aws              use your AWS account through the SDK's own credential chain
  --profile NAME     with --aws: the profile to use
  --region R         with --aws: the region to use
  --help             print this`;

const KINDS = {
  help: { type: "boolean" },
  port: { type: "string" },
  host: { type: "string" },
  aws: { type: "boolean" },
  profile: { type: "string" },
  region: { type: "string" },
  state: { type: "string" },
  clock: { type: "string" },
} as const;

const ONLY_WITH_AWS = ["profile", "region"] as const;
const ONLY_WITHOUT_AWS = ["state", "clock"] as const;

/** Command-line words to flags; what is wrong with them comes back as one sentence. */
export function parseFlags(words: string[]): Result<LaunchFlags> {
  const { values, tokens } = parseArgs({ args: words, options: KINDS, strict: false, tokens: true });
  for (const token of tokens) {
    const complaint =
      token.kind === "option" ? complainAbout(token) : `“${words[token.index]}” is not a flag.`;
    if (complaint !== undefined) return invalid(complaint);
  }
  const aws = values.aws === true;
  for (const name of aws ? ONLY_WITHOUT_AWS : ONLY_WITH_AWS) {
    if (values[name] !== undefined)
      return invalid(`--${name} has no meaning ${aws ? "with" : "without"} --aws.`);
  }
  const port = text(values.port);
  if (port !== undefined && !isPort(port))
    return invalid(`--port takes a number from 1 to 65535, not “${port}”.`);
  const clock = text(values.clock);
  if (clock !== undefined && !/^\d+(\.\d+)?$/.test(clock)) {
    return invalid(`--clock takes a number, not “${clock}”.`);
  }
  return succeed({
    help: values.help === true,
    port: port === undefined ? undefined : Number(port),
    host: text(values.host) ?? "127.0.0.1",
    aws,
    profile: text(values.profile),
    region: text(values.region),
    state: text(values.state),
    clock,
  });
}

function complainAbout(option: { name: string; rawName: string; value?: string | undefined }) {
  const kind = Object.entries(KINDS).find(([name]) => name === option.name)?.[1].type;
  if (kind === undefined) return `There is no flag ${option.rawName}.`;
  if (kind === "boolean") return option.value === undefined ? undefined : `${option.rawName} takes no value.`;
  if (option.value === undefined || option.value === "" || option.value.startsWith("--")) {
    return `${option.rawName} needs a value.`;
  }
  return undefined;
}

function text(value: string | boolean | undefined) {
  return typeof value === "string" ? value : undefined;
}

function isPort(port: string) {
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
}

function invalid(message: string) {
  return fail({ code: "invalid", message });
}
