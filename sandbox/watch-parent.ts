const EVERY_MS = 500;

/** Calls `gone` once when the process that started this one ends: by its id, or by its message channel. */
export function watchParent(pid: number | undefined, gone: () => void): void {
  process.once("disconnect", gone);
  if (pid === undefined) {
    return;
  }
  const watched = pid;
  // There is no event for the end of a process that is not a child.
  const timer = setInterval(() => {
    if (!isAlive(watched)) {
      clearInterval(timer);
      gone();
    }
  }, EVERY_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process under this id is alive too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
