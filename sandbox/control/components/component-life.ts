import type { ComponentPhase, ComponentRecord, ComponentSpec } from "../../state/records.ts";
import { decideOutcome } from "../outcome.ts";
import type { Scope } from "../scope.ts";
import { type Failure, type Outcome, phaseAt } from "../timeline.ts";

const ADAPTER_SECONDS = 25;
const SCALE_IN_SECONDS = 10;
const BATCH_SECONDS = 90;
const DELETION_SECONDS = 12;

/** The beginning of a component's life: waiting for a place, or on the way to its failure. */
export function beginCreation(scope: Scope, name: string, spec: ComponentSpec): ComponentPhase[] {
  const at = scope.clock.now();
  const creating = { at, status: "Creating" as const, copies: 0, serves: 0 };
  const outcome = outcomeOf(scope, name, spec);
  return outcome.ends === "in-service"
    ? [creating]
    : [creating, failedAt(scope, outcome, { ...creating, status: "Failed" })];
}

/** An adapter is loaded into the copies of its base: it needs no place of its own. */
export function beginAdapter(scope: Scope, copies: number): ComponentPhase[] {
  const at = scope.clock.now();
  return [
    { at, status: "Creating", copies: 0, serves: 0 },
    { at: at + scope.clock.shorten(ADAPTER_SECONDS), status: "InService", copies, serves: 0 },
  ];
}

/** The life of a component that goes to another number of copies; more of them have to be placed yet. */
export function beginScaling(scope: Scope, component: ComponentRecord, desired: number): ComponentPhase[] {
  const at = scope.clock.now();
  const { copies, serves } = phaseAt(component.phases, at);
  const updating = { at, status: "Updating" as const, copies, serves };
  return desired > copies
    ? [updating]
    : [
        updating,
        {
          at: at + scope.clock.shorten(SCALE_IN_SECONDS),
          status: "InService",
          copies: desired,
          serves,
        },
      ];
}

/**
 * The life of a component that gets the specification after the one that serves, batch by batch. Where the new
 * one does not start, the old one stays and the reason is kept.
 */
export function beginReplacement(
  scope: Scope,
  component: ComponentRecord,
  spec: ComponentSpec,
  desired: number,
  batches: { readonly count: number; readonly waitSeconds: number },
): ComponentPhase[] {
  const at = scope.clock.now();
  const { copies } = phaseAt(component.phases, at);
  const updating = { at, status: "Updating" as const, copies, serves: 0 };
  const outcome = outcomeOf(scope, component.name, spec);
  if (outcome.ends === "failed") {
    return [updating, failedAt(scope, outcome, { ...updating, status: "InService" })];
  }
  const seconds = batches.count * (BATCH_SECONDS + batches.waitSeconds);
  const done = at + scope.clock.shorten(seconds);
  const kept = Math.min(copies, desired);
  const status = kept === desired ? ("InService" as const) : ("Updating" as const);
  return [updating, { at: done, status, copies: kept, serves: 1 }];
}

/** The life of a component after a delete that was accepted now. */
export function beginDeletion(scope: Scope, component: ComponentRecord): ComponentPhase[] {
  const at = scope.clock.now();
  const { serves, copies } = phaseAt(component.phases, at);
  return [
    { at, status: "Deleting", copies, serves },
    { at: at + scope.clock.shorten(DELETION_SECONDS), status: "Gone", copies: 0, serves },
  ];
}

function outcomeOf(scope: Scope, name: string, spec: ComponentSpec): Outcome {
  return decideOutcome(
    [
      {
        image: spec.image,
        environment: spec.environment,
        ...(spec.artifacts === undefined ? {} : { artifacts: spec.artifacts }),
        ...(spec.fault === undefined ? {} : { fault: spec.fault }),
        what: `inference component ${name}`,
        input: spec.inputs[0] ?? {},
      },
    ],
    scope.engineState,
  );
}

function failedAt(scope: Scope, outcome: Failure, phase: ComponentPhase): ComponentPhase {
  const at = phase.at + scope.clock.shorten(outcome.afterSeconds);
  const { failureReason, trouble } = outcome;
  return { ...phase, at, failureReason, ...(trouble === undefined ? {} : { trouble }) };
}
