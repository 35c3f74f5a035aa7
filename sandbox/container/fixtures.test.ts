import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { playScript, type Script } from "../engine/scripted-generation.ts";
import { answerInvocation } from "./answer-invocation.ts";
import { chooseContainer } from "./choose-container.ts";
import type { Surroundings } from "./reply.ts";

// Bodies made by LMI's own code; only the bytes are shared with the dashboard's parser.
const FOLDER = new URL("../../lib/wire/fixtures/lmi-wire/", import.meta.url);

const logProbSchema = z.union([z.number(), z.literal("-Infinity").transform(() => Number.NEGATIVE_INFINITY)]);
const tokenSchema = z.object({ id: z.number(), text: z.string(), log_prob: logProbSchema });
const fixtureSchema = z.object({
  file: z.string(),
  backend: z.string(),
  branch: z.string(),
  content_type: z.string().nullable(),
  http_status: z.number(),
  http_chunk_sizes: z.array(z.number()),
  request: z.json(),
  server_config: z.record(z.string(), z.string()),
  input_tokens: z
    .array(tokenSchema.extend({ special: z.boolean(), top_tokens: z.array(tokenSchema).default([]) }))
    .nullable(),
  expected: z.object({
    finish_reason: z.union([z.string(), z.number()]).nullable(),
    error: z.object({ message: z.string().nullable() }).nullable(),
  }),
});
type Fixture = z.infer<typeof fixtureSchema>;

const manifest = z
  .object({ fixtures: z.array(z.looseObject({ file: z.string() })) })
  .parse(JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")));

const CLAIMED = `
v026-json-plain v026-json-details-multilingual v026-jsonlines-plain v026-jsonlines-special-stop-sequence
v026-jsonlines-vllm-held-bytes v026-jsonlines-replacement-chars v026-jsonlines-error-midstream
v026-vllm-bad-parameter
v028-jsonlines-plain-nodetails v028-jsonlines-empty-and-zero v028-json-plain v028-json-details-nasty
v028-json-error v028-input-error
v031-jsonlines-nodetails v031-jsonlines-details-multilingual v031-jsonlines-error-midstream
v031-jsonlines-error-first-step v031-json-plain v031-json-error
v033-async-chat-stream-logprobs v033-async-chat-error-before
v036-async-lmi-stream-nodetails v036-async-lmi-stream-details-multilingual
v036-async-lmi-stream-eos-empty-text v036-async-lmi-stream-error-midstream
v036-async-lmi-json-nodetails v036-async-lmi-json-details v036-async-completions-stream
v036-async-chat-json-logprobs v036-async-chat-stream-logprobs v036-async-chat-stream-error
v036-async-chat-error-before v036-async-bad-payload`
  .trim()
  .split(/\s+/);

// vLLM's texts for the two errors whose message the wire does not carry in a form worth parsing.
const TOO_LONG =
  "This model's maximum context length is 2048 tokens. However, you requested 4096 tokens in the messages, Please reduce the length of the messages.";

function imageOf({ branch }: Fixture): string {
  const [, minor, lmi] = /^0\.(\d+)\.0(?:-lmi(\d+))?-dlc$/.exec(branch) ?? [];
  const flavour = minor === "26" ? "deepspeed0.12.6-cu121" : `lmi${lmi ?? Number(minor) - 18}.0.0-cu128`;
  return `763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.${minor}.0-${flavour}`;
}

function environmentOf(fixture: Fixture): Record<string, string> {
  const formatter = fixture.server_config["option.output_formatter"]?.split(" ")[0];
  return {
    OPTION_ROLLING_BATCH: fixture.branch.startsWith("0.26") && fixture.backend === "vllm" ? "vllm" : "auto",
    ...(formatter === undefined ? {} : { OPTION_OUTPUT_FORMATTER: formatter }),
    ...(fixture.server_config["option.async_mode"] === "true"
      ? { OPTION_ASYNC_MODE: "true", OPTION_ROLLING_BATCH: "disable" }
      : {}),
  };
}

function scriptOf(fixture: Fixture): Script {
  const { finish_reason: finish, error } = fixture.expected;
  const before = fixture.file.endsWith("error-before.bin");
  const failed = error !== null || finish === "error";
  return {
    tokens: (fixture.input_tokens ?? []).map((token) => ({
      id: token.id,
      text: token.text,
      logProb: token.log_prob,
      special: token.special,
      top: token.top_tokens.map((top) => ({ id: top.id, text: top.text, logProb: top.log_prob })),
    })),
    finish: finish === "length" ? "length" : finish === "stop_sequence" ? "stop" : "eos",
    stop: null,
    promptTokens: 5,
    prefill: [
      { id: 3923, text: "What", logProb: null },
      { id: 374, text: " is", logProb: -7.5 },
      { id: 18682, text: " Deep", logProb: -0.25 },
    ],
    delayMs: 0,
    ...(failed ? { failure: before ? TOO_LONG : (error?.message ?? "engine failure") } : {}),
  };
}

function surroundingsOf(fixture: Fixture): Surroundings {
  const script = scriptOf(fixture);
  return {
    generate: (_request, signal) => playScript(script, signal),
    newId: () => (fixture.file.includes("chat") ? "a1b2c3" : "0f0e0d0c0b0a"),
    seconds: () => 1_790_000_000,
    newSeed: () => 1,
  };
}

async function play(fixture: Fixture) {
  const container = chooseContainer(imageOf(fixture), environmentOf(fixture));
  const text = typeof fixture.request === "string" ? fixture.request : JSON.stringify(fixture.request);
  const reply = await answerInvocation(
    container,
    { contentType: "application/json", body: Buffer.from(text), signal: new AbortController().signal },
    surroundingsOf(fixture),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.chunks) chunks.push(chunk);
  return { reply, chunks };
}

describe("a scripted answer has the bytes LMI's own code made", () => {
  test.each(CLAIMED)("%s", async (name) => {
    const fixture = fixtureSchema.parse(manifest.fixtures.find((entry) => entry.file === `${name}.bin`));
    const { reply, chunks } = await play(fixture);
    const wanted = readFileSync(new URL(fixture.file, FOLDER));
    expect(Buffer.concat(chunks).toString("utf8")).toBe(wanted.toString("utf8"));
    expect(reply.status).toBe(fixture.http_status);
    expect(reply.contentType).toBe(fixture.content_type);
    expect(chunks.map((chunk) => chunk.length)).toEqual(fixture.http_chunk_sizes);
  });
});
