const DELAY_MS = 20;

/**
 * A log of lines that writes them together shortly after: each write to a terminal or a pipe waits for it, and would
 * cost a call an eighth of its time. What is still held back is written as the program ends.
 */
export function openLog(write: (text: string) => void): (line: string) => void {
  let held = "";
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (held !== "") write(held);
    held = "";
  }

  process.on("exit", flush);
  return (line) => {
    held += `${line}\n`;
    timer ??= setTimeout(flush, DELAY_MS).unref();
  };
}
