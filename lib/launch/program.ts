import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "./environment.ts";
import { ROOT } from "./paths.ts";

/** A program to start. `output` says where its words go: to the terminal, into memory, or into a file. */
export type Program = {
  name: string;
  command: string;
  words: string[];
  env: Environment;
  output: "show" | "errors" | "keep" | { file: string };
};

type Stream = "inherit" | "ignore" | "pipe" | number;

export type Ending = { code: number | null; signal: NodeJS.Signals | null };

export type Running = {
  name: string;
  ended: Promise<Ending>;
  /** Everything it wrote, where `output` is "keep". */
  written: () => string;
  stop: () => Promise<void>;
};

// Long enough for a server to finish what it was answering and write its state down.
const GRACE_MS = 2_000;
const STEP_MS = 25;

// Blocks on a pipe whose other end only the launcher holds. However the launcher ends, SIGKILL included, the
// pipe closes, and the shell ends the whole group. It is a shell because every machine with npm has one and it
// costs a megabyte; a second Node would cost forty.
const GUARD = `
read _
kill -TERM "-$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
  kill -0 "-$1" 2>/dev/null || exit 0
  sleep 0.2
done
kill -KILL "-$1" 2>/dev/null
`;

/** Starts a program in a process group of its own, which ends with us, however we end. */
export function startProgram(program: Program): Running {
  const [out, error] = openOutput(program.output);
  const child = spawn(program.command, program.words, {
    cwd: ROOT,
    env: { NODE_ENV: "production", ...program.env },
    detached: true,
    stdio: ["ignore", out, error],
  });
  if (typeof out === "number") closeSync(out);
  const kept: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => kept.push(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => kept.push(text));
  const group = child.pid;
  const guard = group === undefined ? undefined : startGuard(group);
  const ended = new Promise<Ending>((resolve) => {
    child.once("error", (reason) => {
      kept.push(reason.message);
      resolve({ code: 127, signal: null });
    });
    // "close" and not "exit": by then all that it wrote has been read.
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  let cleared: Promise<void> | undefined;
  const clear = () => {
    // Once: later the system may have given the group's number to somebody else.
    cleared ??=
      group === undefined ? Promise.resolve() : stopGroup(group).then(() => void guard?.kill("SIGKILL"));
    return cleared;
  };
  // A leader that goes takes its group along.
  child.once("exit", clear);
  return {
    name: program.name,
    ended,
    written: () => kept.join(""),
    stop: async () => {
      await clear();
      await ended;
    },
  };
}

function startGuard(group: number) {
  // In a group of its own too: what kills the launcher's group must not kill the one who cleans up after it.
  const guard = spawn("/bin/sh", ["-c", GUARD, "guard", String(group)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return guard;
}

async function stopGroup(group: number) {
  signalGroup(group, "SIGTERM");
  for (let waited = 0; waited < GRACE_MS; waited += STEP_MS) {
    if (!signalGroup(group, 0)) return;
    await sleep(STEP_MS);
  }
  signalGroup(group, "SIGKILL");
}

/** False when nobody is left to hear the signal. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

function openOutput(output: Program["output"]): [out: Stream, error: Stream] {
  if (output === "show") return ["inherit", "inherit"];
  if (output === "errors") return ["ignore", "inherit"];
  if (output === "keep") return ["pipe", "pipe"];
  mkdirSync(dirname(output.file), { recursive: true });
  const file = openSync(output.file, "w");
  return [file, file];
}
