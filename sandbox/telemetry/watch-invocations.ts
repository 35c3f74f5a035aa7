import type { Reply } from "../container/reply.ts";
import type { Scope } from "../control/scope.ts";
import type { Generate } from "../engine/generation.ts";
import { passEach } from "../pass-each.ts";
import type { Invocation } from "./invocation.ts";
import { publishInvocation } from "./publish-invocation.ts";
import { type Place, writeLines } from "./write-line.ts";

// What a refusal's text is cut to in a log; most are a sentence.
const MOST_LOGGED = 4096;

/** Which invocation is watched. */
type Watched = {
  readonly scope: Scope;
  readonly endpoint: string;
  readonly variant: string;
  readonly component: string | null;
  /** Machines, or copies of the component, behind it. */
  readonly instances: number;
  readonly operation: Invocation["operation"];
};

/** Hands over what to call when an invocation is over, and whether its client left before that. */
export type WhenOver = (over: (abandoned: boolean) => void) => void;

/** What an invocation passes through to be measured. */
export type Watch = {
  generate(generate: Generate): Generate;
  reply<Some extends Reply | undefined>(reply: Some): Some;
  /** Adds a line to the log of the container that answers. */
  write(line: string): void;
};

/** Starts to watch an invocation; what it was is recorded when it is over. */
export type WatchInvocation = (watched: Watched, whenOver: WhenOver) => Watch;

/** A watcher over a clock in milliseconds with fractions that only goes forward. */
export function createWatcher(ticks: () => number): WatchInvocation {
  const running = new Map<string, number>();
  let served = 0;
  return (watched, whenOver) => {
    const { scope, endpoint, variant, component } = watched;
    const key = [scope.region, endpoint, variant, component].join("/");
    const concurrent = (running.get(key) ?? 0) + 1;
    running.set(key, concurrent);
    const machine = served % Math.max(1, watched.instances);
    served += 1;
    const place = { endpoint, variant, component, machine };
    const meter = createMeter(ticks, (line) => writeLines(scope, place, line));
    whenOver((abandoned) => {
      const left = (running.get(key) ?? 1) - 1;
      if (left === 0) running.delete(key);
      else running.set(key, left);
      record(watched, place, { ...meter.read(), concurrent, abandoned });
    });
    return meter;
  };
}

type Measured = Pick<
  Invocation,
  "modelStatus" | "modelLatency" | "overheadLatency" | "firstChunk" | "tokens" | "bytes"
>;

function createMeter(ticks: () => number, write: (line: string) => void): Watch & { read(): Measured } {
  const started = ticks();
  let firstChunk: number | undefined;
  let modelEnded: number | undefined;
  let status: number | null = null;
  let isWhole = false;
  let tokens = 0;
  let bytes = 0;
  let explained = false;

  function explain(line: string): void {
    explained = true;
    write(line);
  }

  return {
    write: explain,
    generate: (generate) => (request, signal) =>
      passEach(generate(request, signal), {
        each: (event) => {
          if (event.type === "token") tokens += 1;
          return event;
        },
      }),
    reply(reply) {
      if (reply === undefined) return reply;
      status = reply.status;
      const refuses = status >= 400;
      const refusal: Uint8Array[] = [];
      const chunks = passEach(reply.chunks, {
        each: (chunk) => {
          firstChunk ??= ticks();
          bytes += chunk.length;
          if (refuses && bytes <= MOST_LOGGED) refusal.push(chunk);
          return chunk;
        },
        whole: () => {
          isWhole = true;
          // A container that refuses a request says in its log why, unless its engine did already.
          if (refusal.length > 0 && !explained) {
            explain(`[WARN ] Predictor - ${Buffer.concat(refusal).toString("utf8")}`);
          }
        },
        over: () => {
          modelEnded = ticks();
        },
      });
      return { ...reply, chunks };
    },
    read() {
      const ended = ticks();
      const model = (modelEnded ?? ended) - started;
      return {
        modelStatus: isWhole ? status : null,
        modelLatency: Math.round(model * 1000),
        overheadLatency: Math.max(0, Math.round((ended - started - model) * 1000)),
        firstChunk: firstChunk === undefined ? null : Math.round((firstChunk - started) * 1000),
        tokens,
        bytes,
      };
    },
  };
}

type Ended = Measured & Pick<Invocation, "concurrent" | "abandoned">;

function record(watched: Watched, place: Place, ended: Ended): void {
  const { scope, endpoint, variant, component, instances, operation } = watched;
  const invocation: Invocation = {
    ...ended,
    at: scope.clock.now(),
    region: scope.region,
    endpoint,
    variant,
    component,
    instances,
    operation,
    firstChunk: operation === "invocations-response-stream" ? ended.firstChunk : null,
  };
  publishInvocation(scope.telemetry, invocation);
  writeLines(scope, place, accessLine(invocation));
}

/** The line of LMI's front end for a request: it sees `/invocations` whichever operation SageMaker was asked for. */
function accessLine({ modelStatus, modelLatency, tokens, bytes, abandoned }: Invocation): string {
  const milliseconds = Math.round(modelLatency / 1000);
  const outcome = abandoned ? "client left" : modelStatus === null ? "no whole answer" : `${modelStatus}`;
  return `[INFO ] AccessLog - "POST /invocations HTTP/1.1" ${outcome} ${milliseconds} ms, ${tokens} tokens, ${bytes} bytes`;
}
