import { join, resolve } from "node:path";
import { accountEnvironment, type Environment, localEnvironment, quietEnvironment } from "./environment.ts";
import type { LaunchFlags } from "./flags.ts";
import { ownHosts } from "./names.ts";
import { NEXT, ROOT } from "./paths.ts";
import { DEFAULT_PORT } from "./ports.ts";
import type { Program } from "./program.ts";

export type Mode = "start" | "dev";

const TSX = join(ROOT, "node_modules", "tsx", "dist", "cli.mjs");

/** Where calls to AWS go: to the local SageMaker on this port, or out into the world. */
export type Destination = { kind: "local"; port: number; stateFolder: string } | { kind: "account" };

/**
 * One folder for each port: only one program can hold a port, so two of us at once never write the same state, and
 * whoever comes back to a port finds what they left there.
 */
export function defaultStateFolder(port: number): string {
  return join(ROOT, ".sagescope", port === DEFAULT_PORT ? "state" : `state-${port}`);
}

/** Where the web server keeps its history: beside the local SageMaker's state, and by the same rule. */
export function databaseFolder(inherited: Environment, flags: LaunchFlags, port: number): string {
  if (inherited.SAGESCOPE_DATABASE !== undefined) return inherited.SAGESCOPE_DATABASE;
  if (flags.state !== undefined) return join(resolve(flags.state), "database");
  return join(ROOT, ".sagescope", port === DEFAULT_PORT ? "database" : `database-${port}`);
}

/** The environment of the web server. */
export function serverEnvironment(
  inherited: Environment,
  options: { flags: LaunchFlags; port: number; destination: Destination },
): Environment {
  const { flags, port, destination } = options;
  const aws =
    destination.kind === "local"
      ? localEnvironment(inherited, `http://127.0.0.1:${destination.port}`)
      : accountEnvironment(inherited, flags);
  const alsoAllowed = inherited.SAGESCOPE_ALLOWED_HOSTS;
  const hosts = [...ownHosts(flags.host, port), ...(alsoAllowed ? [alsoAllowed] : [])];
  return {
    ...quietEnvironment(aws),
    SAGESCOPE_ALLOWED_HOSTS: hosts.join(","),
    SAGESCOPE_HOME: ROOT,
    SAGESCOPE_DATABASE: databaseFolder(inherited, flags, port),
  };
}

/** The web server: the built one, or the one that reloads. */
export function serverProgram(mode: Mode, where: { host: string; port: number }, env: Environment): Program {
  return {
    name: "the web server",
    command: process.execPath,
    words: [NEXT, mode, ROOT, "--hostname", where.host, "--port", String(where.port)],
    env: { ...env, NODE_ENV: mode === "dev" ? "development" : "production" },
    output: mode === "dev" ? "show" : "errors",
  };
}

/** The local SageMaker, for people without an account at hand. */
export function localSageMakerProgram(
  mode: Mode,
  options: { port: number; stateFolder: string; clock: string | undefined },
  env: Environment,
): Program {
  const flags = ["--port", String(options.port), "--state", options.stateFolder];
  if (options.clock !== undefined) flags.push("--clock", options.clock);
  return {
    name: "the local SageMaker",
    command: process.execPath,
    words:
      mode === "dev"
        ? [TSX, "watch", "--clear-screen=false", join(ROOT, "sandbox", "main.ts"), ...flags]
        : [join(ROOT, "sandbox", "start.mjs"), ...flags],
    env,
    // It writes a line for every call: good to have, and noise beside an address.
    output: mode === "dev" ? "show" : { file: `${options.stateFolder}.log` },
  };
}
