/** A request that waits for a container, or that one works on; times in milliseconds. */
export type AsyncRequest = {
  /** What the files in S3 are named by. */
  readonly id: string;
  readonly inferenceId: string;
  readonly endpoint: string;
  readonly acceptedAt: number;
  /** From when on it may no longer begin. */
  readonly expiresAt: number;
  readonly timeoutMs: number;
  readonly input: { readonly location: string } | { readonly base64: string };
  /** The headers the container gets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer goes; null where the configuration names no path. */
  readonly output: string | null;
  readonly failure: string | null;
};

/** When a request that is done was in the queue: what the queue's metrics are computed from. */
export type AsyncPast = { readonly endpoint: string; readonly from: number; readonly to: number };
