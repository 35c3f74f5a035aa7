import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_DEFAULT_REGION: "us-east-1",
  // Whatever the person at this machine has configured is none of the tests' business.
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
};

type Environment = Readonly<Record<string, string>>;

/** Whether a program starts and says so; the tests that need one skip with a reason where it does not. */
export async function isThere(program: string, ...words: string[]): Promise<boolean> {
  return execute(program, words).then(
    () => true,
    () => false,
  );
}

let python: Promise<string | undefined> | undefined;

/**
 * The Python that has boto3, or undefined where there is none. By its own path: what version managers call `python3`
 * forks a dozen shells before each start.
 */
export function findPython(): Promise<string | undefined> {
  python ??= execute("python3", ["-c", "import boto3, sys; print(sys.executable)"]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  return python;
}

/** Whether there is a Python with boto3. */
export async function hasBoto(): Promise<boolean> {
  return (await findPython()) !== undefined;
}

/** Runs a Python program of this folder and answers the JSON it printed. Throws with what it wrote on failure. */
export async function runPython<Found>(
  program: string,
  words: readonly string[],
  environment: Environment = {},
): Promise<Found> {
  const found = (await findPython()) ?? "python3";
  const printed = await run(found, [join(import.meta.dirname, program), ...words], environment);
  return JSON.parse(printed) as Found; // Each program prints the type its test asks for.
}

/** Runs a program with the sandbox's credentials and nothing of this machine's AWS set-up; answers its output. */
export async function run(
  program: string,
  words: readonly string[],
  environment: Environment = {},
): Promise<string> {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith("AWS_")) delete env[name];
  Object.assign(env, CREDENTIALS, { PYTHONDONTWRITEBYTECODE: "1" }, environment);
  const { stdout } = await execute(program, [...words], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
