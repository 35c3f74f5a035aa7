/** How many requests one remote engine takes at once, how many wait, and how long a probe may last (ms). */
export type RemoteSettings = {
  readonly places: number;
  readonly waiting: number;
  readonly probeMs: number;
};

/** A server of its own batches many requests, so the queue here only keeps memory bounded. */
export const REMOTE_SETTINGS: RemoteSettings = { places: 64, waiting: 256, probeMs: 5000 };
