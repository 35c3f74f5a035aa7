import type { ServerResponse } from "node:http";
import { z } from "zod";
import { sendJson } from "./answer.ts";
import { type Clock, parseDuration } from "./clock.ts";
import type { Scope } from "./control/scope.ts";
import { moveSwitches, SWITCHES_OFF, type Switches } from "./control/switches.ts";
import { exists, phaseAt } from "./control/timeline.ts";
import type { Engines } from "./engine/engines.ts";
import { scriptSchema } from "./engine/scripted-generation.ts";
import type { FaultBoard } from "./faults/fault-board.ts";
import { listFaults, orderFault } from "./faults/order-faults.ts";
import { type JsonObject, parseJson } from "./json.ts";
import { setQuota } from "./quotas/set-quota.ts";
import type { Scripts } from "./runtime/scripts.ts";
import { isOperation } from "./services/services.ts";
import type { Store } from "./state/store.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** What the control path steers. */
export type Steering = {
  readonly store: Store;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly scripts: Scripts;
  readonly faults: FaultBoard;
  readonly switches: () => Switches;
  readonly turn: (switches: Switches) => void;
  /** Invocations whose answer is not finished. */
  readonly live: () => number;
  readonly telemetry: Telemetry;
  readonly scopeOf: (region: string) => Scope;
};

const advanceSchema = z.object({ advance: z.string() });
const scriptRequestSchema = z.object({
  endpoint: z.string().min(1),
  region: z.string().default("us-east-1"),
  times: z.number().int().min(0).max(1_000_000).default(1),
  script: scriptSchema.optional(),
});

/** Answers `/_sandbox/…`, the paths AWS does not have: state, reset, clock, script, faults, switches and quotas. */
export async function answerControlPath(
  steering: Steering,
  method: string,
  path: string,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const { status, answer } = steer(steering, method, path, body);
  await steering.store.flushed();
  sendJson(response, status, answer);
}

type Steered = { readonly status: number; readonly answer: JsonObject };

function steer(steering: Steering, method: string, path: string, body: string): Steered {
  switch (`${method} ${path}`) {
    case "GET /_sandbox/state":
      return done(summary(steering));
    case "GET /_sandbox/process":
      return done(ownProcess());
    case "POST /_sandbox/reset":
    // The name moto gives to the same thing.
    case "POST /moto-api/reset":
      steering.store.clear();
      steering.telemetry.clear();
      // The offset was part of the state that is forgotten.
      steering.clock.advance(-steering.clock.offset());
      steering.scripts.clear();
      steering.faults.clear();
      steering.turn(SWITCHES_OFF);
      return done({ reset: true });
    case "POST /_sandbox/clock":
      return moveClock(steering, body);
    case "POST /_sandbox/script":
      return setScript(steering, body);
    case "GET /_sandbox/faults":
      return done(listFaults(steering.faults));
    case "POST /_sandbox/faults":
      return doneOrRefused(orderFault(steering.faults, body, isOperation));
    case "DELETE /_sandbox/faults":
      steering.faults.clear();
      return done(listFaults(steering.faults));
    case "GET /_sandbox/switches":
      return done(steering.switches());
    case "POST /_sandbox/switches": {
      const moved = moveSwitches(steering.switches(), body);
      if (!("error" in moved)) steering.turn(moved);
      return doneOrRefused(moved);
    }
    case "POST /_sandbox/quotas":
      return doneOrRefused(setQuota(steering.scopeOf, body));
    default:
      return refused({ error: `The sandbox has no ${method} ${path}.` }, 404);
  }
}

function done(answer: JsonObject): Steered {
  return { status: 200, answer };
}

function refused(answer: JsonObject, status = 400): Steered {
  return { status, answer };
}

function doneOrRefused(outcome: JsonObject): Steered {
  return "error" in outcome ? refused(outcome) : done(outcome);
}

/** What this process has used since it started. */
function ownProcess() {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() };
}

function summary({ store, clock, engines, live, scopeOf }: Steering) {
  const now = clock.now();
  const regions = store.regions().map((region) => {
    const endpoints = scopeOf(region)
      .store.all("endpoints", region)
      .filter((endpoint) => exists(endpoint, now))
      .map((endpoint) => ({ name: endpoint.name, status: phaseAt(endpoint.phases, now).status }));
    return {
      region,
      models: store.all("models", region).length,
      endpointConfigs: store.all("configs", region).length,
      endpoints,
    };
  });
  return {
    clock: { now: new Date(now).toISOString(), scale: clock.scale, advancedMs: clock.offset() },
    engine: { ...engines.standard.status(), ...engines.standard.load() },
    liveInvocations: live(),
    regions,
  };
}

function moveClock({ store, clock }: Steering, body: string): Steered {
  const parsed = advanceSchema.safeParse(parseJson(body));
  const milliseconds = parsed.success ? parseDuration(parsed.data.advance) : undefined;
  if (milliseconds === undefined) {
    return refused({ error: 'Send {"advance": "10m"}: a number with ms, s, m or h.' });
  }
  // On the disk first: a restart must not go back in time.
  store.saveClockOffset(clock.offset() + milliseconds);
  clock.advance(milliseconds);
  return done({ now: new Date(clock.now()).toISOString() });
}

function setScript({ scripts }: Steering, body: string): Steered {
  const parsed = scriptRequestSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    return refused({ error: z.prettifyError(parsed.error) });
  }
  const { region, endpoint, times, script } = parsed.data;
  if (times > 0 && script === undefined) {
    return refused({ error: "A script is missing; times 0 takes scripts away." });
  }
  scripts.set(region, endpoint, script ?? scriptSchema.parse({ tokens: [] }), times);
  return done({ endpoint, region, times });
}
