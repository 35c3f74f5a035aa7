/** The lines of a run from its first one on: kept, and told to everyone who follows. */
export type RunLog = {
  readonly push: (line: string) => void;
  /** No line comes any more: whoever follows gets the rest and ends. */
  readonly close: () => void;
  readonly isClosed: () => boolean;
  /** Lines from position `from` on, those to come included; ends with the log or with the signal. */
  readonly follow: (from: number, signal?: AbortSignal) => AsyncGenerator<string>;
  /** All lines from position `from` that are there by now, in one piece. */
  readonly textFrom: (from: number) => string;
  readonly length: () => number;
  readonly followers: () => number;
};

/** An empty log. Lines include their line ends. `onLeave` is called whenever somebody stops following. */
export function createRunLog(onLeave: () => void = () => undefined): RunLog {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let closed = false;
  let followers = 0;

  function wake(): void {
    const woken = [...waiting];
    waiting.clear();
    for (const proceed of woken) proceed();
  }

  return {
    push(line) {
      if (closed) throw new Error("a line came after the end of its run");
      lines.push(line);
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    isClosed: () => closed,
    async *follow(from, signal) {
      followers += 1;
      // One listener for all waits: adding one for each line costs as much as the line.
      let proceed: () => void = () => undefined;
      const giveUp = () => {
        waiting.delete(proceed);
        proceed();
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      try {
        for (let position = from; signal?.aborted !== true; ) {
          const line = lines[position];
          if (line !== undefined) {
            position += 1;
            yield line;
          } else if (closed) {
            return;
          } else {
            await new Promise<void>((resolve) => {
              proceed = resolve;
              waiting.add(resolve);
            });
          }
        }
      } finally {
        signal?.removeEventListener("abort", giveUp);
        followers -= 1;
        onLeave();
      }
    },
    textFrom: (from) => lines.slice(from).join(""),
    length: () => lines.length,
    followers: () => followers,
  };
}
