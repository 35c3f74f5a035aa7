import "server-only";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";

/**
 * PGlite in a thread of its own, as a socket that speaks PostgreSQL's protocol. In the server's own thread each query
 * would hold up every stream that passes through it.
 */
export class PgliteSocket extends Duplex {
  readonly #thread: Worker;
  #state: "open" | "closed" = "open";

  constructor(program: string, folder: string) {
    super();
    this.#thread = new Worker(program, { workerData: { folder } });
    this.#thread.on("message", (bytes: Uint8Array) =>
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    );
    this.#thread.on("error", (error) => this.destroy(error));
    this.#thread.on("exit", () => this.destroy());
  }

  /** What the driver asks of a socket of `node:net`. */
  get readyState() {
    return this.#state;
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#thread.postMessage(new Uint8Array(bytes));
    written();
  }

  override _final(ended: () => void): void {
    this.#thread.postMessage(null);
    ended();
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#state = "closed";
    void this.#thread.terminate();
    destroyed(error);
  }
}
