import { resolve } from "node:path";
import { onOrphaned } from "./ancestors.ts";
import {
  type Destination,
  databaseFolder,
  defaultStateFolder,
  localSageMakerProgram,
  type Mode,
  serverEnvironment,
  serverProgram,
} from "./app-programs.ts";
import { ensureBuild } from "./ensure-build.ts";
import { quietEnvironment } from "./environment.ts";
import { type LaunchFlags, parseFlags, USAGE } from "./flags.ts";
import { makeDatabase } from "./make-database.ts";
import { addressOf, isLoopback } from "./names.ts";
import { anyFreePort, choosePort, isPortFree } from "./ports.ts";
import { createSupervisor, type Loss, type Supervisor } from "./supervisor.ts";
import { endOnSignals, say, sayAndExit } from "./terminal.ts";
import { waitUntilAnswers } from "./wait-until-answers.ts";

// A cold disk and two busy cores; a program that will never answer has usually ended long before.
const ANSWER_WITHIN_MS = 120_000;

/** Brings the app up, prints its address, and keeps it until somebody ends us. */
export async function launch(mode: Mode, words: string[]): Promise<void> {
  const parsed = parseFlags(words);
  if (!parsed.ok) return sayAndExit(2, `${parsed.failure.message}\n\n${USAGE}`);
  if (parsed.value.help) return sayAndExit(0, USAGE);

  const supervisor = createSupervisor();
  const end = endOnSignals(supervisor);
  onOrphaned(() => end(1));
  supervisor.firstLoss.then((loss) => {
    say(describeLoss(loss));
    return end(1);
  });

  const sentence = await bringUp(mode, parsed.value, supervisor);
  if (sentence !== undefined) {
    say(sentence);
    await end(1);
  }
}

/** Undefined when the app is up; otherwise why it is not. */
async function bringUp(mode: Mode, flags: LaunchFlags, supervisor: Supervisor): Promise<string | undefined> {
  const chosen = await chooseOwnPort(flags);
  if (!chosen.ok) return chosen.failure.message;
  const { port, remark } = chosen.value;
  if (remark !== undefined) say(remark);

  const quiet = quietEnvironment(process.env);
  // Beside the build, which takes longer; a first page would otherwise wait for it.
  const databaseMade = makeDatabase(databaseFolder(process.env, flags, port), quiet, supervisor.start);
  if (mode === "start") {
    const build = await ensureBuild({ env: quiet, start: supervisor.start, say });
    if (!build.ok) return `${build.failure.detail}\n${build.failure.message}`;
  }

  const destination = await chooseDestination(flags, port);
  const env = serverEnvironment(process.env, { flags, port, destination });
  const urls = [`${addressOf(flags.host, port)}/api/health`];
  if (destination.kind === "local") {
    supervisor.start(localSageMakerProgram(mode, { ...destination, clock: flags.clock }, env));
    urls.push(`http://127.0.0.1:${destination.port}/_sandbox/state`);
  }
  await databaseMade;
  supervisor.start(serverProgram(mode, { host: flags.host, port }, env));

  const gaveUp = new AbortController();
  supervisor.firstLoss.then(() => gaveUp.abort());
  const answers = await Promise.all(
    urls.map((url) => waitUntilAnswers(url, ANSWER_WITHIN_MS, gaveUp.signal)),
  );
  if (gaveUp.signal.aborted) return undefined;
  if (answers.includes(false)) return `Stopping: no answer within ${ANSWER_WITHIN_MS / 1000} seconds.`;

  if (!isLoopback(flags.host)) say("Anyone who can reach this address can use these credentials.");
  say(`Sagescope is ready: ${addressOf(flags.host, port)}`);
  return undefined;
}

function describeLoss({ program, ending }: Loss) {
  const how = ending.signal ?? `exit ${ending.code}`;
  const log = typeof program.output === "object" ? ` Its log: ${program.output.file}` : "";
  return `Stopping: ${program.name} ended by itself (${how}).${log}`;
}

async function chooseOwnPort(flags: LaunchFlags) {
  try {
    return await choosePort(flags.port, (port) => isPortFree(port, flags.host));
  } catch {
    return {
      ok: false,
      failure: { message: `This machine has no address “${flags.host}” to listen on.` },
    } as const;
  }
}

async function chooseDestination(flags: LaunchFlags, port: number): Promise<Destination> {
  if (flags.aws) return { kind: "account" };
  const stateFolder = flags.state === undefined ? defaultStateFolder(port) : resolve(flags.state);
  return { kind: "local", port: await anyFreePort("127.0.0.1"), stateFolder };
}
