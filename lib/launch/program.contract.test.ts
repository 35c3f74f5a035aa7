import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "./paths.ts";
import { startProgram } from "./program.ts";

const groups: number[] = [];
afterEach(() => {
  for (const group of groups.splice(0)) kill(-group);
});

// A program with a child of its own, both deaf to polite requests; it prints both numbers.
const STUBBORN_FAMILY = `
  process.on("SIGTERM", () => {});
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
  child.on("spawn", () => console.log("family", process.pid, child.pid));
  setInterval(() => {}, 1000);
`;

const LAUNCHER = `
  import { startProgram } from "./lib/launch/program.ts";
  const words = ["-e", ${JSON.stringify(STUBBORN_FAMILY)}];
  startProgram({ name: "family", command: process.execPath, words, env: process.env, output: "show" });
`;

test("a launcher killed without warning leaves no process behind", async () => {
  const launcher = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", LAUNCHER], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const family = await readFamily(launcher);
  expect(family.map(isAlive)).toEqual([true, true]);
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  await allGone(family);
});

test("stopping ends the whole family, whatever it thinks of it", async () => {
  const program = startFamily();
  const family = await readWritten(program.written);
  await program.stop();
  expect(family.map(isAlive)).toEqual([false, false]);
  expect(await program.ended).toEqual({ code: null, signal: "SIGKILL" });
});

test("a program that cannot be started has ended, and says why", async () => {
  const program = startProgram({
    name: "none",
    command: "no-such-command",
    words: [],
    env: {},
    output: "keep",
  });
  expect(await program.ended).toEqual({ code: 127, signal: null });
  expect(program.written()).toContain("ENOENT");
  await program.stop();
});

function startFamily() {
  const words = ["-e", STUBBORN_FAMILY];
  return startProgram({ name: "family", command: process.execPath, words, env: process.env, output: "keep" });
}

async function readFamily(launcher: ChildProcess) {
  if (launcher.stdout === null) throw new Error("the launcher has no output");
  for await (const line of createInterface(launcher.stdout)) return remember(line);
  throw new Error("the launcher printed nothing");
}

async function readWritten(written: () => string) {
  while (!written().includes("\n")) await sleep(20);
  return remember(written());
}

function remember(line: string) {
  const [, ...pids] = line.trim().split(" ");
  const family = pids.map(Number);
  groups.push(...family.slice(0, 1));
  return family;
}

async function allGone(pids: number[]) {
  while (pids.some(isAlive)) await sleep(50);
}

function isAlive(pid: number) {
  return kill(pid, 0);
}

function kill(pid: number, signal: NodeJS.Signals | 0 = "SIGKILL") {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
