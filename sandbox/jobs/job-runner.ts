import type { Work } from "../background.ts";
import type { Scope } from "../control/scope.ts";
import type { RuntimeParts } from "../runtime/runtime-parts.ts";
import type { JobEnd, JobRecord } from "../state/job-records.ts";
import type { Storage } from "../storage/storage.ts";
import { findJob, type JobTable, jobWrite } from "./job-rows.ts";
import { measureEndpoint } from "./measure-endpoint.ts";
import { recommendFor } from "./recommend-for.ts";

type RunnerSettings = {
  readonly regions: () => readonly string[];
  readonly partsOf: (region: string) => RuntimeParts;
  readonly storage: () => Storage;
  readonly log: (line: string) => void;
};

const TABLES: readonly JobTable[] = ["aiBenchmarks", "aiRecommendations"];

/** Runs the jobs that are in the store. A restart in the middle begins the work of a job again. */
export function createJobRunner({ regions, partsOf, storage, log }: RunnerSettings): Work {
  const running = new Map<string, AbortController>();
  let isStopped = false;

  function tick(): boolean {
    if (isStopped) return false;
    return regions()
      .flatMap((region) => TABLES.map((table) => tickTable(region, table)))
      .includes(true);
  }

  function tickTable(region: string, table: JobTable): boolean {
    const open = storage().store.all(table, region).filter(isOpen);
    if (open.length === 0) return false;
    const parts = partsOf(region);
    for (const job of open) look(parts, table, job);
    return storage().store.all(table, region).some(isOpen);
  }

  function look(parts: RuntimeParts, table: JobTable, job: JobRecord): void {
    const { scope } = parts;
    const now = scope.clock.now();
    const controller = running.get(job.arn);
    if (job.status === "Stopping") {
      controller?.abort();
      if (now >= (job.stopsAt ?? 0)) end(scope, table, job, { status: "Stopped" });
    } else if (controller === undefined && now >= job.startsAt) {
      begin(parts, table, job);
    }
  }

  function begin(parts: RuntimeParts, table: JobTable, job: JobRecord): void {
    const { scope } = parts;
    const controller = new AbortController();
    running.set(job.arn, controller);
    const started = { ...job, startedAt: scope.clock.now() };
    scope.store.commit([jobWrite(table, scope.region, started)]);
    const work =
      table === "aiBenchmarks"
        ? measureEndpoint(parts, storage(), started, controller.signal)
        : recommendFor(scope, storage(), started);
    work
      .catch((error: unknown): JobEnd => {
        log(`sandbox: defect: ${error instanceof Error ? error.stack : String(error)}`);
        return { ok: false, reason: "The sandbox failed." };
      })
      .then((ended) => {
        if (isStopped) return;
        // Only what nobody stopped or deleted meanwhile has an end of its own.
        const current = findJob(scope, table, job.name);
        if (current?.arn !== job.arn || current.status !== "InProgress") return;
        if (!ended.ok) end(scope, table, current, { status: "Failed", failureReason: ended.reason });
        else {
          const { recommendations } = ended;
          end(scope, table, current, {
            status: "Completed",
            ...(recommendations === undefined ? {} : { recommendations }),
          });
        }
      })
      .finally(() => running.delete(job.arn));
  }

  function end(scope: Scope, table: JobTable, job: JobRecord, change: Partial<JobRecord>): void {
    const value = { ...job, ...change, endedAt: scope.clock.now() };
    scope.store.commit([jobWrite(table, scope.region, value)]);
  }

  return {
    tick,
    stop() {
      isStopped = true;
      for (const controller of running.values()) controller.abort();
    },
  };
}

function isOpen({ status }: JobRecord): boolean {
  return status === "InProgress" || status === "Stopping";
}
