import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createStreamParser, parseStream } from "#lib/wire/parse-stream.ts";
import { readErrorBody } from "#lib/wire/read-error-body.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

const FOLDER = new URL("./fixtures/lmi-wire/", import.meta.url);

const tokenSchema = z.object({
  id: z.union([z.number(), z.array(z.number())]).nullable(),
  text: z.string(),
  log_prob: z.union([z.number(), z.string()]).nullable(),
  special: z.boolean().nullable(),
});

const manifestSchema = z.object({
  fixtures: z.array(
    z.object({
      file: z.string(),
      request: z.unknown(),
      http_status: z.number(),
      bytes: z.number(),
      sha256: z.string(),
      // Strict: a field that this test does not look at would be one that nobody reads.
      expected: z.strictObject({
        tokens: z.array(tokenSchema),
        generated_text: z.string().nullable(),
        finish_reason: z.string().nullable(),
        complete: z.boolean(),
        error: z.object({ message: z.string().nullable(), code: z.number().nullable() }).nullable(),
        generated_tokens: z.number().optional(),
        prompt_tokens: z.number().optional(),
        completion_tokens: z.number().optional(),
        reasoning: z.string().optional(),
        tool_arguments: z.string().optional(),
        top_tokens: z.array(z.array(tokenSchema)).optional(),
        inputs: z.string().optional(),
        seed: z.number().optional(),
        prefill_expected: z.array(tokenSchema).optional(),
        tool_name: z.string().optional(),
        outputs: z.array(z.array(z.string())).optional(),
        batch: z.number().optional(),
        best_of_sequences: z
          .array(
            z.object({
              generated_text: z.string(),
              finish_reason: z.string(),
              generated_tokens: z.number(),
              tokens: z.array(tokenSchema),
            }),
          )
          .optional(),
      }),
    }),
  ),
});

type Fixture = z.infer<typeof manifestSchema>["fixtures"][number];

const { fixtures } = manifestSchema.parse(JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")));

function readBody(fixture: Fixture): Uint8Array {
  return new Uint8Array(readFileSync(new URL(fixture.file, FOLDER)));
}

function parseChunks(chunks: Iterable<Uint8Array>): StreamEvent[] {
  const parser = createStreamParser();
  const events: StreamEvent[] = [];
  for (const chunk of chunks) events.push(...parser.push(chunk));
  events.push(...parser.end());
  return events;
}

/** Bodies that name no tokens: we show their text as one token without id and log probability. */
function hasOnlyText({ expected }: Fixture): boolean {
  return expected.tokens.length === 0 && (expected.generated_text ?? "") !== "";
}

/** The manifest keeps the failure that 0.28 dresses up as a token; we report it as an error instead. */
function isStandIn(token: z.infer<typeof tokenSchema>): boolean {
  return token.id === -1 && token.special === true && token.log_prob === -1;
}

function expectedTokens(fixture: Fixture): unknown[] {
  if (hasOnlyText(fixture)) {
    return [{ id: null, text: fixture.expected.generated_text, logProb: null, special: false }];
  }
  return fixture.expected.tokens
    .filter((token) => !isStandIn(token))
    .map(({ id, text, log_prob, special }) => ({
      id: Array.isArray(id) ? id[0] : id,
      text,
      // -0 and 0 are the same log probability; words stand for numbers that are none.
      logProb: typeof log_prob === "string" ? null : log_prob === 0 ? 0 : log_prob,
      special: special ?? false,
    }));
}

function answerTokens(events: StreamEvent[]) {
  return events.flatMap((event) =>
    event.type === "token" && !event.channel && !event.choice ? [event] : [],
  );
}

function channelText(events: StreamEvent[], channel: string): string | undefined {
  const texts = events.flatMap((event) =>
    event.type === "token" && event.channel === channel ? [event.text] : [],
  );
  return texts.length === 0 ? undefined : texts.join("");
}

function plainTokens(tokens: z.infer<typeof tokenSchema>[]): unknown[] {
  return tokens.map(({ id, text, log_prob }) => ({ id, text, logProb: log_prob }));
}

test("the manifest names every body, and every body is there to the byte", () => {
  expect(fixtures.length).toBe(63);
  const bodies = readdirSync(FOLDER).filter((name) => name.endsWith(".bin"));
  expect(bodies.toSorted()).toEqual(fixtures.map(({ file }) => file).toSorted());
  for (const fixture of fixtures) {
    const body = readBody(fixture);
    expect([body.length, createHash("sha256").update(body).digest("hex")]).toEqual([
      fixture.bytes,
      fixture.sha256,
    ]);
  }
});

describe.each(fixtures)("$file", (fixture) => {
  const { expected } = fixture;
  const body = readBody(fixture);
  const events = parseChunks([body]);
  const whole = JSON.stringify(events);
  const end = events
    .flatMap((event) => (event.type === "end" && event.choice === undefined ? [event] : []))
    .at(-1);
  const error = events.find((event) => event.type === "error");

  test("gives the tokens of a perfect reader", () => {
    const tokens = answerTokens(events).map(({ id, text, logProb, special }) => ({
      id,
      text,
      logProb,
      special,
    }));
    expect(tokens).toEqual(expectedTokens(fixture));
    expect(events.filter((event) => event.type === "malformed")).toEqual([]);
  });

  test("gives the text, the reason and the completeness", () => {
    const joined = answerTokens(events)
      .map((token) => token.text)
      .join("");
    const text = end?.generatedText ?? (answerTokens(events).length > 0 ? joined : null);
    expect(text).toBe(expected.generated_text);
    expect(end?.rawReason ?? null).toBe(expected.finish_reason);
    expect(end !== undefined && error === undefined).toBe(expected.complete);
    expect(channelText(events, "reasoning")).toBe(expected.reasoning);
    expect(channelText(events, "tool-call")).toBe(expected.tool_arguments);
  });

  test("gives the error, or none", () => {
    if (expected.error === null) return expect(error).toBeUndefined();
    expect(error).toBeDefined();
    if (expected.error.code !== null) expect(error?.code).toBe(expected.error.code);
    if (expected.error.message !== null) expect(error?.message).toBe(expected.error.message);
  });

  test("gives the container's own counts where it sends any", () => {
    const usage = events.find((event) => event.type === "usage");
    if (expected.generated_tokens !== undefined) expect(end?.generatedTokens).toBe(expected.generated_tokens);
    if (expected.prompt_tokens !== undefined) {
      expect(usage?.inputTokens ?? end?.inputTokens).toBe(expected.prompt_tokens);
    }
    if (expected.completion_tokens !== undefined) {
      expect(usage?.outputTokens ?? end?.generatedTokens).toBe(expected.completion_tokens);
    }
    if (expected.top_tokens !== undefined) {
      const top = end?.topTokens ?? answerTokens(events).map((token) => token.alternatives);
      const wanted = expected.top_tokens.map((list) =>
        list.map(({ id, text, log_prob }) => ({ id, text, logProb: log_prob })),
      );
      expect(top).toEqual(wanted);
    }
  });

  test("gives everything else that the manifest finds in it", () => {
    const { inputs, seed, prefill_expected: prefill, tool_name: tool, outputs, batch } = expected;
    if (end !== undefined) {
      expect(end.prompt).toEqual(inputs);
      // The manifest names the seed where the request did; others are drawn by the container.
      if (seed !== undefined) expect(end.seed).toBe(seed);
      expect(end.promptTokens).toEqual(prefill && plainTokens(prefill));
    } else expect([inputs, seed, prefill]).toEqual([undefined, undefined, undefined]);
    const tools = events.flatMap((event) => (event.type === "token" && event.tool ? [event.tool] : []));
    expect(new Set(tools)).toEqual(new Set(tool === undefined ? [] : [tool]));
    if (outputs !== undefined) {
      expect(batch).toBe(1);
      expect(answerTokens(events).map(({ text }) => [text])).toEqual(outputs);
    }
    const others = (expected.best_of_sequences ?? []).map((sequence, at) => ({ sequence, choice: at + 1 }));
    for (const { sequence, choice } of others) {
      const own = events.filter((event) => "choice" in event && event.choice === choice);
      const tokens = own.flatMap((event) => (event.type === "token" ? [event] : []));
      expect(tokens.map(({ id, text, logProb }) => ({ id, text, logProb }))).toEqual(
        plainTokens(sequence.tokens),
      );
      expect(own.at(-1)).toMatchObject({
        type: "end",
        generatedText: sequence.generated_text,
        rawReason: sequence.finish_reason,
        generatedTokens: sequence.generated_tokens,
      });
    }
    expect(events.some((event) => "choice" in event)).toBe(others.length > 0);
  });

  test("says the same words where SageMaker hands the body over as a refusal", () => {
    if (fixture.http_status < 400) return;
    const { message, code } = readErrorBody(new TextDecoder().decode(body));
    expect({ message, code }).toEqual({
      message: expected.error?.message ?? message,
      code: expected.error?.code ?? code,
    });
    expect(message).not.toBe("");
  });

  test("keeps each line once, as it stood", () => {
    const lines = new TextDecoder().decode(body).split("\n");
    const raws = events.flatMap((event) => (event.raw === undefined ? [] : [event.raw]));
    const kept = raws.flatMap((raw) => raw.split("\n"));
    let from = 0;
    for (const line of kept) {
      const found = lines.indexOf(line, from);
      expect(found, line).not.toBe(-1);
      from = found + 1;
    }
  });

  test("gives equal events one byte at a time", () => {
    const bytes = Array.from(body, (_, at) => body.subarray(at, at + 1));
    expect(JSON.stringify(parseChunks(bytes))).toBe(whole);
  });

  test("gives equal events cut at every byte", () => {
    for (let cut = 1; cut < body.length; cut += 1) {
      const cutEvents = JSON.stringify(parseChunks([body.subarray(0, cut), body.subarray(cut)]));
      if (cutEvents !== whole) expect.fail(`cut at byte ${cut} gives other events: ${cutEvents}`);
    }
  });

  test("gives equal events with CRLF line ends", () => {
    const text = new TextDecoder().decode(body);
    // A \r inside a pretty-printed value stays out of it: only the ends of lines are changed.
    const events = parseChunks([new TextEncoder().encode(text.replaceAll("\n", "\r\n"))]);
    expect(JSON.stringify(events)).toBe(whole);
  });
});

describe("framings that change nothing", () => {
  const framed = fixtures.filter(({ file }) => /jsonlines|async-(lmi|chat|completions).*stream/.test(file));

  test.each(framed)("$file as server-sent events", (fixture) => {
    const plain = parseChunks([readBody(fixture)]);
    const lines = new TextDecoder().decode(readBody(fixture)).split("\n");
    const framedLines = lines.flatMap((line) =>
      line === "" ? [""] : [": ping", "event: x", `data: ${line}`, ""],
    );
    const events = parseChunks([new TextEncoder().encode(framedLines.join("\n"))]);
    expect(withoutRaw(events)).toEqual(withoutRaw(plain));
  });

  test("an asynchronous source gives what the parser gives", async () => {
    for (const fixture of framed) {
      const body = readBody(fixture);
      const events: StreamEvent[] = [];
      for await (const event of parseStream(inPieces(body, 7))) events.push(event);
      expect(events).toEqual(parseChunks([body]));
    }
  });

  test("a source that throws is not data: its error passes", async () => {
    await expect(drain(parseStream(failing()))).rejects.toThrow("connection reset");
  });
});

function withoutRaw(events: StreamEvent[]): unknown[] {
  return events.map(({ raw: _, ...rest }) => rest);
}

async function* inPieces(body: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('{"token": {"id": 1, "text": "a", "log_prob": -1}}\n');
  throw new Error("connection reset");
}

async function drain(events: AsyncIterable<StreamEvent>): Promise<void> {
  for await (const _ of events);
}
