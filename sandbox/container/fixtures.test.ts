import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { GenerationEvent } from "../engine/generation.ts";
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
  mode: z.enum(["rolling", "async", "dynamic", "server"]),
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
    outputs: z.array(z.tuple([z.string()])).default([]),
    best_of_sequences: z.array(z.object({ tokens: z.array(tokenSchema) })).default([]),
  }),
});
type Fixture = z.infer<typeof fixtureSchema>;

const manifest = z
  .object({ fixtures: z.array(z.looseObject({ file: z.string() })) })
  .parse(JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")));

// vLLM's texts for the two errors whose message the wire does not carry in a form worth parsing.
const TOO_LONG =
  "This model's maximum context length is 2048 tokens. However, you requested 4096 tokens in the messages, Please reduce the length of the messages.";

function imageOf({ branch, backend }: Fixture): string {
  if (backend.startsWith("trtllm")) {
    return "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-tensorrtllm0.21.0-cu128";
  }
  const [, minor, lmi] = /^0\.(\d+)\.0(?:-lmi(\d+))?-dlc$/.exec(branch) ?? [];
  const flavour =
    minor === "26" || minor === "27" ? "deepspeed0.12.6-cu121" : `lmi${lmi ?? Number(minor) - 18}.0.0-cu128`;
  return `763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.${minor}.0-${flavour}`;
}

function environmentOf({ file, branch, backend, server_config: config }: Fixture): Record<string, string> {
  const formatter = config["option.output_formatter"]?.split(" ")[0];
  const vllm = branch.startsWith("0.26") && backend === "vllm";
  return {
    OPTION_ROLLING_BATCH: vllm ? "vllm" : (config["option.rolling_batch"] ?? "auto"),
    ...(formatter === undefined ? {} : { OPTION_OUTPUT_FORMATTER: formatter }),
    ...optionsOf(config),
    // The manifest does not name the parser that was at work.
    ...(file === "v036-sse-chat-reasoning.bin" ? { OPTION_REASONING_PARSER: "deepseek_r1" } : {}),
  };
}

// The manifest writes options as serving.properties does, and one of them as the environment does.
function optionsOf(config: Record<string, string>): Record<string, string> {
  const names = ["async_mode", "tgi_compat", "bedrock_compat", "enable_streaming"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const variable = `OPTION_${name.toUpperCase()}`;
      const value = config[`option.${name}`] ?? config[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}

function scriptOf(fixture: Fixture): Script {
  const { finish_reason: finish, error } = fixture.expected;
  const before = fixture.file.endsWith("error-before.bin");
  const failed = error !== null || finish === "error";
  return {
    tokens: (fixture.input_tokens ?? outputsOf(fixture)).map((token) => ({
      token: candidateOf(token),
      special: token.special,
      top: token.top_tokens.map(candidateOf),
    })),
    finish: finish === "length" ? "length" : finish === "stop_sequence" ? "stop" : "eos",
    stop: null,
    promptTokens: 5,
    prefill: prefillOf(fixture),
    delayMs: 0,
    ...(failed ? { failure: before ? TOO_LONG : (error?.message ?? "engine failure") } : {}),
  };
}

function candidateOf({ id, text, log_prob }: z.infer<typeof tokenSchema>) {
  return { id, text, logProb: log_prob, bytes: [...Buffer.from(text)] };
}

// The steps of dynamic batching are noted as texts alone.
function outputsOf({ expected }: Fixture): NonNullable<Fixture["input_tokens"]> {
  return expected.outputs.map(([text]) => ({ id: 0, text, log_prob: 0, special: false, top_tokens: [] }));
}

// The async bodies name three of the prompt's tokens, the others five; no script says what they were.
function prefillOf({ mode }: Fixture): Script["prefill"] {
  const all = [
    { id: 3923, text: "What", logProb: null },
    { id: 374, text: " is", logProb: -7.5 },
    { id: 18682, text: " Deep", logProb: -0.25 },
    { id: 21579, text: " Learning", logProb: -1.125 },
    { id: 30, text: "?", logProb: -0.0625 },
  ];
  return mode === "async" ? all.slice(0, 3) : all;
}

function surroundingsOf(fixture: Fixture, wanted: string): Surroundings {
  const scripts = [scriptOf(fixture), ...otherSequences(fixture)];
  const [, id = "0f0e0d0c0b0a"] = /"chatcmpl-(\w+)"/.exec(wanted) ?? [];
  const [, created = "1790000000"] = /"created": ?(\d+)/.exec(wanted) ?? [];
  return {
    // A front end that is busy never asks the engine; every other body begins with its script.
    generate: (_request, signal) =>
      fixture.mode === "server" ? busy() : playScript(scripts.shift() ?? scriptOf(fixture), signal),
    newId: () => id,
    seconds: () => Number(created),
    newSeed: () => 1,
  };
}

function otherSequences(fixture: Fixture): Script[] {
  return fixture.expected.best_of_sequences.map(({ tokens }) => ({
    ...scriptOf(fixture),
    finish: "eos",
    tokens: tokens.map((token) => ({ token: candidateOf(token), special: false, top: [] })),
  }));
}

async function* busy(): AsyncGenerator<GenerationEvent> {
  yield { type: "failed", message: "", reason: "busy" };
}

async function play(fixture: Fixture, wanted: string) {
  const container = chooseContainer(imageOf(fixture), environmentOf(fixture));
  const request = fixture.request ?? { inputs: "What is Deep Learning?" };
  const text = typeof request === "string" ? request : JSON.stringify(request);
  const reply = await answerInvocation(
    container,
    {
      contentType: "application/json",
      body: Buffer.from(text),
      signal: new AbortController().signal,
      streams: false,
    },
    surroundingsOf(fixture, wanted),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.chunks) chunks.push(chunk);
  return { reply, chunks };
}

describe("a scripted answer has the bytes LMI's own code made", () => {
  const names = manifest.fixtures.map((fixture) => fixture.file.replace(/\.bin$/, ""));

  test("all recorded bodies are compared", () => {
    expect(names).toHaveLength(63);
  });

  test.each(names)("%s", async (name) => {
    const fixture = fixtureSchema.parse(manifest.fixtures.find((entry) => entry.file === `${name}.bin`));
    const wanted = readFileSync(new URL(fixture.file, FOLDER)).toString("utf8");
    const { reply, chunks } = await play(fixture, wanted);
    expect(Buffer.concat(chunks).toString("utf8")).toBe(wanted);
    expect(reply.status).toBe(fixture.http_status);
    expect(reply.contentType).toBe(fixture.content_type);
    expect(chunks.map((chunk) => chunk.length)).toEqual(fixture.http_chunk_sizes);
  });
});
