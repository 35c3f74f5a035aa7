import { readdirSync, readFileSync } from "node:fs";

/** A variable that every process started under it inherits, whatever it calls itself later. */
export const MARK = "SAGESCOPE_JOURNEY";

/** Command lines of the processes that still carry the mark. Only Linux shows them; elsewhere none are found. */
export function markedProcesses(mark: string): string[] {
  if (process.platform !== "linux") return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.flatMap((pid) => {
    const environment = readProc(pid, "environ").split("\0");
    if (!environment.includes(`${MARK}=${mark}`)) return [];
    return [`${pid} ${readProc(pid, "cmdline").replaceAll("\0", " ")}`];
  });
}

function readProc(pid: string, file: string) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
