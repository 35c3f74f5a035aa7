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
export function answerControlPath(
  steering: Steering,
  method: string,
  path: string,
  body: string,
  response: ServerResponse,
): void {
  switch (`${method} ${path}`) {
    case "GET /_sandbox/state":
      sendJson(response, 200, summary(steering));
      return;
    case "GET /_sandbox/process":
      sendJson(response, 200, ownProcess());
      return;
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
      sendJson(response, 200, { reset: true });
      return;
    case "POST /_sandbox/clock":
      moveClock(steering, body, response);
      return;
    case "POST /_sandbox/script":
      setScript(steering, body, response);
      return;
    case "GET /_sandbox/faults":
      sendJson(response, 200, listFaults(steering.faults));
      return;
    case "POST /_sandbox/faults":
      sendOrRefuse(response, orderFault(steering.faults, body, isOperation));
      return;
    case "DELETE /_sandbox/faults":
      steering.faults.clear();
      sendJson(response, 200, listFaults(steering.faults));
      return;
    case "GET /_sandbox/switches":
      sendJson(response, 200, steering.switches());
      return;
    case "POST /_sandbox/switches": {
      const moved = moveSwitches(steering.switches(), body);
      if (!("error" in moved)) steering.turn(moved);
      sendOrRefuse(response, moved);
      return;
    }
    case "POST /_sandbox/quotas":
      sendOrRefuse(response, setQuota(steering.scopeOf, body));
      return;
    default:
      sendJson(response, 404, { error: `The sandbox has no ${method} ${path}.` });
      return;
  }
}

function sendOrRefuse(response: ServerResponse, outcome: JsonObject): void {
  sendJson(response, "error" in outcome ? 400 : 200, outcome);
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

function moveClock({ store, clock }: Steering, body: string, response: ServerResponse): void {
  const parsed = advanceSchema.safeParse(parseJson(body));
  const milliseconds = parsed.success ? parseDuration(parsed.data.advance) : undefined;
  if (milliseconds === undefined) {
    sendJson(response, 400, { error: 'Send {"advance": "10m"}: a number with ms, s, m or h.' });
    return;
  }
  // On the disk first: a restart must not go back in time.
  store.saveClockOffset(clock.offset() + milliseconds);
  clock.advance(milliseconds);
  sendJson(response, 200, { now: new Date(clock.now()).toISOString() });
}

function setScript({ scripts }: Steering, body: string, response: ServerResponse): void {
  const parsed = scriptRequestSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    sendJson(response, 400, { error: z.prettifyError(parsed.error) });
    return;
  }
  const { region, endpoint, times, script } = parsed.data;
  if (times > 0 && script === undefined) {
    sendJson(response, 400, { error: "A script is missing; times 0 takes scripts away." });
    return;
  }
  scripts.set(region, endpoint, script ?? scriptSchema.parse({ tokens: [] }), times);
  sendJson(response, 200, { endpoint, region, times });
}
