import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What is known about a running process; undefined when there is none of that number. */
export type ProcessView = { parent: number; command: string };
export type ProcessReader = (pid: number) => ProcessView | undefined;

const POLL_MS = 500;
const MAX_DEPTH = 6;
const WRAPPERS = /^(\S*\/)?(npm|npx)\b|\/(npm|npx)-cli\.js\b/;

/**
 * The processes from us up to the npm that started us, us first; only us when there is no npm above.
 * A shell above npm is nobody's business: a person may start us there and log out.
 */
export function chainToNpm(pid: number, read: ProcessReader): number[] {
  const chain = [pid];
  let current = read(pid);
  while (current !== undefined && current.parent > 1 && chain.length < MAX_DEPTH) {
    chain.push(current.parent);
    current = read(current.parent);
    if (current !== undefined && WRAPPERS.test(current.command)) return chain;
  }
  return [pid];
}

/** Whether each process of the chain still has the next one as its parent. */
export function isChainWhole(chain: number[], read: ProcessReader): boolean {
  return chain.every((pid, index) => {
    const parent = chain[index + 1];
    return parent === undefined || read(pid)?.parent === parent;
  });
}

/** Calls back once when a process between us and npm, or npm itself, has gone without telling us. */
export function onOrphaned(callback: () => void): void {
  const chain = chainToNpm(process.pid, readProcess);
  if (chain.length === 1) return;
  const timer = setInterval(() => {
    if (isChainWhole(chain, readProcess)) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}

function readProcess(pid: number): ProcessView | undefined {
  try {
    return process.platform === "linux" ? readProc(pid) : readPs(pid);
  } catch {
    return undefined;
  }
}

function readProc(pid: number): ProcessView {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is a name in parentheses, which may itself hold spaces and parentheses.
  const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  return { parent: Number(parent), command };
}

function readPs(pid: number): ProcessView | undefined {
  const line = execFileSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], { encoding: "utf8" }).trim();
  const match = /^(\d+)\s+(.*)$/.exec(line);
  return match ? { parent: Number(match[1]), command: match[2] ?? "" } : undefined;
}
