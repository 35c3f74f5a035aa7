/** One invocation as it really happened; durations in microseconds, `at` in milliseconds when it ended. */
export type Invocation = {
  readonly at: number;
  readonly region: string;
  readonly endpoint: string;
  readonly variant: string;
  /** The inference component it went to; null for an endpoint without components. */
  readonly component: string | null;
  /** Machines, or copies of the component, behind it. */
  readonly instances: number;
  readonly operation: "invocations" | "invocations-response-stream" | "async-invocations";
  /** What the container answered; null where it gave no whole answer: too late, gone, or broken off. */
  readonly modelStatus: number | null;
  /** Whether the client left before the end; such an invocation is no error of the model. */
  readonly abandoned: boolean;
  readonly modelLatency: number;
  readonly overheadLatency: number;
  /** From the request to the first bytes of the answer; null where it is not streamed or has none. */
  readonly firstChunk: number | null;
  readonly tokens: number;
  readonly bytes: number;
  /** Requests that the same model worked on when this one came, itself included. */
  readonly concurrent: number;
};
