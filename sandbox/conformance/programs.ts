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

/** Whether `python3` has boto3. */
export function hasBoto(): Promise<boolean> {
  return isThere("python3", "-c", "import boto3");
}

/** Runs a Python program of this folder and answers the JSON it printed. Throws with what it wrote on failure. */
export async function runPython<Found>(
  program: string,
  words: readonly string[],
  environment: Environment = {},
): Promise<Found> {
  return JSON.parse(
    await run("python3", [join(import.meta.dirname, program), ...words], environment),
  ) as Found; // Each program prints the type its test asks for.
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
