import { randomBytes } from "node:crypto";
import type { AlarmHistoryItem, AlarmRecord } from "../cloudwatch/alarm-records.ts";
import type { QuotaRequestRecord, QuotaValue } from "../quotas/quota-records.ts";
import type {
  ActivityRecord,
  PolicyRecord,
  ScalingClock,
  ScheduledActionRecord,
  TargetRecord,
} from "../scaling/records.ts";
import type { BucketRecord, ObjectRecord, UploadRecord } from "../storage/records.ts";
import type { AsyncPast, AsyncRequest } from "./async-records.ts";
import type { JobRecord, WorkloadRecord } from "./job-records.ts";
import type { Change, Journal } from "./journal.ts";
import type { ComponentRecord, ConfigRecord, EndpointRecord, ModelRecord, Tag } from "./records.ts";

/** The tables of one region. Resource tables are keyed by lower-cased name, tags by ARN, quotas by code. */
type Tables = {
  models: ModelRecord;
  configs: ConfigRecord;
  endpoints: EndpointRecord;
  components: ComponentRecord;
  tags: readonly Tag[];
  quotas: readonly QuotaValue[];
  quotaRequests: QuotaRequestRecord;
  alarms: AlarmRecord;
  alarmHistory: readonly AlarmHistoryItem[];
  /** The tables of S3: the first is one for all regions, the others have a part for each bucket. */
  buckets: BucketRecord;
  objects: ObjectRecord;
  uploads: UploadRecord;
  /** Application Auto Scaling: targets by dimension and resource, policies and actions by ARN. */
  scalableTargets: TargetRecord;
  scalingPolicies: PolicyRecord;
  scheduledActions: ScheduledActionRecord;
  scalingActivities: ActivityRecord;
  scalingClock: ScalingClock;
  /** Asynchronous inference: what is in the queues, and when the rest was. */
  asyncRequests: AsyncRequest;
  asyncPast: AsyncPast;
  aiWorkloads: WorkloadRecord;
  aiBenchmarks: JobRecord;
  aiRecommendations: JobRecord;
};

export type TableName = keyof Tables;

/** One write: `value` null deletes. */
export type Write = {
  [Name in TableName]: { table: Name; region: string; key: string; value: Tables[Name] | null };
}[TableName];

/** All that the sandbox remembers; every write is in its file before `commit` returns. */
export type Store = {
  get<Name extends TableName>(table: Name, region: string, key: string): Tables[Name] | undefined;
  all<Name extends TableName>(table: Name, region: string): Tables[Name][];
  /** The keys of a table. */
  names(table: TableName, region: string): string[];
  commit(writes: readonly Write[]): void;
  /** Calls `heed` with the key of everything that is written to a table from now on. */
  onWrite(table: TableName, region: string, heed: (key: string) => void): void;
  /** Resolves when a power cut loses nothing of what was written so far: an answer waits for it. */
  flushed(): Promise<void>;
  /** Whether the region was ever used, so that what a user deleted does not come back. */
  isSeeded(region: string): boolean;
  markSeeded(region: string): void;
  regions(): string[];
  clockOffset(): number;
  saveClockOffset(milliseconds: number): void;
  /** A secret that outlives restarts; signs page tokens. */
  secret(): string;
  clear(): void;
  /** Forgets what was written in another format than today's; answers whether there was any. */
  dropForeign(): boolean;
};

const META = "meta";
// Goes up whenever a record changes its shape: a journal is worth less than code that reads two shapes.
const FORMAT = 2;
const LASTING: readonly string[] = ["secret", "format"];

/** A store over a journal and the changes that the journal held when it was opened. */
export function createStore(journal: Journal, past: readonly Change[]): Store {
  const slots = new Map<string, Map<string, unknown>>();
  const heeding = new Map<string, (key: string) => void>();

  // Memory follows the disk, never the other way round.
  function apply(change: Change): void {
    const table = slots.get(change.table) ?? new Map<string, unknown>();
    slots.set(change.table, table);
    if (change.value === null) {
      table.delete(change.key);
    } else {
      table.set(change.key, change.value);
    }
    heeding.get(change.table)?.(change.key);
  }

  function write(changes: readonly Change[]): void {
    journal.append(changes);
    for (const change of changes) apply(change);
  }

  function meta<Value>(key: string, fallback: Value): Value {
    return (slots.get(META)?.get(key) as Value | undefined) ?? fallback; // Only `write` below puts values there.
  }

  for (const change of past) apply(change);

  return {
    get(table, region, key) {
      // The journal holds what `commit` was given, so a table's values have the table's type.
      return slots.get(`${table}/${region}`)?.get(key) as Tables[typeof table] | undefined;
    },
    all(table, region) {
      return [...(slots.get(`${table}/${region}`)?.values() ?? [])] as Tables[typeof table][];
    },
    names: (table, region) => [...(slots.get(`${table}/${region}`)?.keys() ?? [])],
    commit(writes) {
      write(
        writes.map(({ table, region, key, value }) => ({
          table: `${table}/${region}`,
          key,
          value: structuredClone(value) as Change["value"], // Records are JSON by construction.
        })),
      );
    },
    onWrite(table, region, heed) {
      const slot = `${table}/${region}`;
      const others = heeding.get(slot);
      heeding.set(slot, (key) => {
        others?.(key);
        heed(key);
      });
    },
    flushed: () => journal.flushed(),
    isSeeded: (region) => meta(`seeded/${region}`, false),
    markSeeded: (region) => write([{ table: META, key: `seeded/${region}`, value: true }]),
    regions: () =>
      [...(slots.get(META)?.keys() ?? [])].flatMap((key) =>
        key.startsWith("seeded/") ? [key.slice(7)] : [],
      ),
    clockOffset: () => meta("clock-offset", 0),
    saveClockOffset: (milliseconds) => write([{ table: META, key: "clock-offset", value: milliseconds }]),
    secret() {
      if (meta("secret", "") === "") {
        write([{ table: META, key: "secret", value: randomBytes(16).toString("hex") }]);
      }
      return meta("secret", "");
    },
    clear,
    dropForeign() {
      const foreign = slots.size > 0 && meta<number>("format", 0) !== FORMAT;
      if (foreign) clear();
      if (meta<number>("format", 0) !== FORMAT) write([{ table: META, key: "format", value: FORMAT }]);
      return foreign;
    },
  };

  // The secret stays: it says nothing about what is forgotten.
  function clear(): void {
    const gone = [...slots].flatMap(([table, entries]) =>
      [...entries.keys()].flatMap((key) => (LASTING.includes(key) ? [] : [{ table, key, value: null }])),
    );
    if (gone.length > 0) write(gone);
  }
}
