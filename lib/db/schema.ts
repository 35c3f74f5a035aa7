import "server-only";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

/** A moment with its zone, as a `Date`. */
function moment(name: string) {
  return timestamp(name, { withTimezone: true });
}

/**
 * Many runs of one question: what was wanted. What came of it is in the runs, so that nothing has to be kept in step.
 */
export const experiments = pgTable(
  "experiments",
  {
    id: text("id").primaryKey(),
    createdAt: moment("created_at").notNull(),
    spec: json("spec").notNull(),
    /** Set when it was deleted; its runs stay in the history. */
    deletedAt: moment("deleted_at"),
  },
  (table) => [index("experiments_newest").on(table.createdAt.desc(), table.id)],
);

/**
 * A run: what was asked, of whom, and what came of it. JSON columns are parsed with zod where they are
 * read, and are `json`, not `jsonb`, which refuses the escaped NUL and half surrogates that models do write.
 * `status` is `running` until the end is known; a run whose server died stays there until the next server looks.
 */
export const runs = pgTable(
  "runs",
  {
    id: text("id").primaryKey(),
    createdAt: moment("created_at").notNull(),
    endpointName: text("endpoint_name").notNull(),
    /** Account, region and host that were asked. */
    connection: json("connection").notNull(),
    /** The container as it was then: image, environment with secrets masked, and what they were taken to mean. */
    container: json("container"),
    request: json("request").notNull(),
    /** The words that were sent, for the list and the search. */
    promptText: text("prompt_text").notNull(),
    status: text("status").notNull(),
    finishReason: json("finish_reason"),
    failure: json("failure"),
    generatedText: text("generated_text").notNull().default(""),
    tokens: integer("tokens").notNull().default(0),
    requests: integer("requests").notNull().default(0),
    elapsedMs: doublePrecision("elapsed_ms"),
    firstTokenMs: doublePrecision("first_token_ms"),
    /** exp(mean log probability), null without numbers. */
    confidence: doublePrecision("confidence"),
    /** Tokens with a number, their sum and mean in nats, bits for each byte of their text. */
    countedTokens: integer("counted_tokens").notNull().default(0),
    jointLogProb: doublePrecision("joint_log_prob"),
    meanLogProb: doublePrecision("mean_log_prob"),
    bitsPerByte: doublePrecision("bits_per_byte"),
    starred: boolean("starred").notNull().default(false),
    tags: text("tags").array().notNull().default([]),
    notes: text("notes").notNull().default(""),
    /** The run this one retries, continues or branches from, and how. */
    parentId: text("parent_id"),
    origin: json("origin"),
    /** The experiment this run is part of, and which of its cells it ran. A cell that is run again has several. */
    experimentId: text("experiment_id").references(() => experiments.id, { onDelete: "set null" }),
    experimentCell: integer("experiment_cell"),
    /** Set while a deletion can still be taken back; such a run is in no list. */
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    index("runs_newest").on(table.createdAt.desc(), table.id),
    index("runs_parent").on(table.parentId),
    index("runs_experiment").on(table.experimentId, table.experimentCell),
    index("runs_tags").using("gin", table.tags),
  ],
);

/** The event lines of a run in order, several to a row while it is under way and all in one when it is over. */
export const runLines = pgTable(
  "run_lines",
  {
    runId: text("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    sequence: integer("sequence").notNull(),
    lines: text("lines").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.sequence] })],
);

/** A prompt with `{{variables}}`. */
export const templates = pgTable("templates", {
  id: text("id").primaryKey(),
  name: text("name").notNull().unique(),
  body: text("body").notNull(),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/**
 * A deployment: what was wanted and how far it came. The plan keeps its secrets only until SageMaker has accepted
 * it, because a server that takes over needs them.
 */
export const deployments = pgTable(
  "deployments",
  {
    id: text("id").primaryKey(),
    createdAt: moment("created_at").notNull(),
    /** `endpoint` or `component`, and the name that answers prompts. */
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    endpointName: text("endpoint_name").notNull(),
    region: text("region"),
    plan: json("plan").notNull(),
    expiresAt: text("expires_at"),
    progress: json("progress").notNull(),
    /** StatusMessages of the variant, each when it was first seen: AWS forgets them. */
    messages: json("messages").notNull(),
  },
  (table) => [index("deployments_newest").on(table.createdAt.desc(), table.id)],
);
