import { type Engine, unavailableEngine } from "./engine.ts";
import { ENGINE_VARIABLE, type EngineSpec, readEngineSpec } from "./engine-spec.ts";

type Environment = Readonly<Record<string, string>>;

export type EngineState = {
  /** Why an endpoint cannot start on it; undefined where nothing speaks against it. */
  readonly trouble: string | undefined;
  /** Whether it is a container itself, so that images and dialects are its own affair. */
  readonly isContainer: boolean;
};

/** The engines of all endpoints: the one the sandbox was started with, and those that models name. */
export type Engines = {
  readonly standard: Engine;
  /** The engine of an endpoint whose model has this environment. */
  engineOf(environment: Environment): Engine;
  /** What is known of that engine, as it was last seen. */
  stateOf(environment: Environment): EngineState;
  stop(): void;
};

// Each GGUF is a process with a model in memory, so a loop of creations must not start them without end.
const MOST_NAMED = 16;

/** Opens engines when they are first named; endpoints that name the same one share it. */
export function createEngines(standard: Engine, open: (spec: EngineSpec) => Engine): Engines {
  const named = new Map<string, Engine>();

  function engineOf(environment: Environment): Engine {
    const text = environment[ENGINE_VARIABLE];
    if (text === undefined) return standard;
    const known = named.get(text);
    if (known !== undefined) return known;
    const read = readEngineSpec(text);
    if (!read.ok) return unavailableEngine(read.reason);
    if (named.size >= MOST_NAMED) {
      return unavailableEngine(`The sandbox runs ${MOST_NAMED} engines already, and "${text}" is one more.`);
    }
    const engine = open(read.spec);
    named.set(text, engine);
    return engine;
  }

  return {
    standard,
    engineOf,
    stateOf(environment) {
      const engine = engineOf(environment);
      const status = engine.status();
      const cannotStart = status.state === "unavailable" && !engine.isOptional;
      return {
        trouble: cannotStart ? status.reason : undefined,
        isContainer: engine.answers === "bodies",
      };
    },
    stop() {
      for (const engine of [standard, ...named.values()]) engine.stop();
    },
  };
}
