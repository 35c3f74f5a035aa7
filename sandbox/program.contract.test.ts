import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  ListEndpointsCommand,
  SageMakerClient,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const START = join(import.meta.dirname, "start.mjs");
const OWN = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
const DEMO = "sagescope-demo";
// A machine that is busy with other tests takes its time.
const PATIENT = { timeout: 10_000 };

type Program = { child: ChildProcess; url: string; errors: () => string };
type State = { engine: { state: string; running: number; waiting: number }; liveInvocations: number };

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "sandbox-"));
}

function launch(...flags: string[]) {
  const child = spawn(process.execPath, [START, "--port", "0", ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  child.stderr.on("data", (data) => {
    errors += data;
  });
  return { child, output: () => output, errors: () => errors };
}

async function start(...flags: string[]): Promise<Program> {
  const { child, output, errors } = launch(...flags);
  await vi.waitFor(() => expect(output()).toMatch(/^sandbox ready http:\S+\n/), {
    timeout: 60_000,
    interval: 20,
  });
  return { child, url: output().trim().replace("sandbox ready ", ""), errors };
}

async function refusal(...flags: string[]): Promise<{ code: number | null; errors: string }> {
  const { child, errors } = launch(...flags);
  const [code] = await once(child, "close");
  return { code, errors: errors() };
}

async function readState(url: string): Promise<State> {
  return (await (await fetch(`${url}/_sandbox/state`)).json()) as State;
}

// The loader that reads TypeScript may have a process of its own beside the engine's.
async function enginesOf(pid: number | undefined): Promise<number[]> {
  const found = spawn("ps", ["-o", "pid=,args=", "--ppid", String(pid)]);
  let text = "";
  found.stdout.on("data", (data) => {
    text += data;
  });
  await once(found, "close");
  return text
    .split("\n")
    .flatMap((line) => (line.includes("--run-engine") ? [Number.parseInt(line, 10)] : []));
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`) || canSignal(pid);
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux";
  } catch {
    return false;
  }
}

describe("the program with its language model", () => {
  let program: Program;
  let client: SageMakerRuntimeClient;
  let available = true;

  beforeAll(async () => {
    program = await start("--state", newFolder(), "--seed", "1");
    client = new SageMakerRuntimeClient({
      region: "us-east-1",
      endpoint: program.url,
      credentials: OWN,
      maxAttempts: 1,
    });
    const state = async () => (await readState(program.url)).engine.state;
    await vi.waitFor(async () => expect(await state()).not.toBe("loading"), {
      timeout: 240_000,
      interval: 100,
    });
    available = (await readState(program.url)).engine.state === "ready";
  }, 300_000);
  afterAll(() => program.child.kill("SIGKILL"));

  async function ask(endpoint: string, body: unknown): Promise<string> {
    const answer = await client.send(
      new InvokeEndpointCommand({ EndpointName: endpoint, Body: JSON.stringify(body) }),
    );
    return new TextDecoder().decode(answer.Body);
  }

  function details(body: { parameters: object; inputs: string }) {
    return ask(DEMO, { ...body, parameters: { details: true, ...body.parameters } }).then(
      (text) =>
        JSON.parse(text) as {
          generated_text: string;
          details: { tokens: { id: number; text: string; logprob: number }[] };
        },
    );
  }

  const QUESTION = "Question: What is the capital of France?\nAnswer:";

  test("answers with the model's own log probs, whatever the temperature", async ({ skip }) => {
    if (!available) skip("this platform has no engine binary");
    const greedy = await details({ inputs: QUESTION, parameters: { max_new_tokens: 6, temperature: 0 } });
    expect(greedy.generated_text).toContain("Paris");
    const sharp = await details({
      inputs: QUESTION,
      parameters: { max_new_tokens: 6, temperature: 0.01, seed: 4 },
    });
    expect(sharp.details.tokens).toEqual(greedy.details.tokens);

    // The first token has one distribution, however it is drawn from: after temperature 3 it would be flatter.
    const [own = {}] = await firstTokens({ temperature: 0, logprobs: 20 });
    const [best] = Object.keys(own);
    const drawn = await firstTokens({ temperature: 3, top_k: 15, logprobs: 0, n: 8, seed: 1 });
    const known = drawn.flatMap((entry) => Object.entries(entry)).filter(([text]) => text in own);
    expect(known.some(([text]) => text !== best)).toBe(true);
    for (const [text, logProb] of known) expect(logProb).toBeCloseTo(own[text] ?? 0, 4);
  });

  async function firstTokens(settings: object): Promise<Record<string, number>[]> {
    const text = await ask(DEMO, { prompt: "Sleep is", max_tokens: 1, ...settings });
    const { choices } = JSON.parse(text) as {
      choices: { logprobs: { top_logprobs: Record<string, number>[] } }[];
    };
    return choices.flatMap((choice) => choice.logprobs.top_logprobs);
  }

  test("gives alternatives whose probabilities add up to at most one, the chosen one among them", async ({
    skip,
  }) => {
    if (!available) skip("this platform has no engine binary");
    const text = await ask(DEMO, { prompt: "Sleep is", max_tokens: 4, temperature: 0, logprobs: 5 });
    const { choices } = JSON.parse(text) as {
      choices: {
        logprobs: { tokens: string[]; token_logprobs: number[]; top_logprobs: Record<string, number>[] };
      }[];
    };
    const logprobs = choices[0]?.logprobs;
    for (const [index, top] of (logprobs?.top_logprobs ?? []).entries()) {
      const values = Object.values(top);
      const sum = values.reduce((total, value) => total + Math.exp(value), 0);
      expect(sum).toBeLessThanOrEqual(1.000001);
      expect(sum).toBeGreaterThan(0.2);
      expect(Math.max(...values)).toBe(logprobs?.token_logprobs[index]);
    }
    expect(logprobs?.top_logprobs).toHaveLength(4);
  });

  test("says the same for the same seed and something else for another", async ({ skip }) => {
    if (!available) skip("this platform has no engine binary");
    const story = (seed: number) =>
      details({ inputs: "Once upon a time", parameters: { max_new_tokens: 24, temperature: 1.2, seed } });
    const [first, again, other] = [await story(5), await story(5), await story(6)];
    expect(again).toEqual(first);
    expect(other.generated_text).not.toBe(first.generated_text);
  });

  test("ends at a stop string and refuses what does not fit the context", async ({ skip }) => {
    if (!available) skip("this platform has no engine binary");
    const stopped = await details({
      inputs: QUESTION,
      parameters: { max_new_tokens: 20, temperature: 0, stop: ["ari"] },
    });
    expect(stopped).toMatchObject({ generated_text: " P", details: { finish_reason: "ari" } });
    await expect(ask(DEMO, { inputs: "word ".repeat(3000) })).rejects.toMatchObject({
      name: "ModelError",
      OriginalMessage: expect.stringContaining("maximum context length is 1536 tokens"),
    });
  });

  test("answers several choices at once", async ({ skip }) => {
    if (!available) skip("this platform has no engine binary");
    const body = { prompt: "Sleep is", max_tokens: 5, n: 3, temperature: 1, seed: 3 };
    const { choices } = JSON.parse(await ask(DEMO, body)) as { choices: { text: string }[] };
    expect(choices).toHaveLength(3);
    expect(new Set(choices.map((choice) => choice.text)).size).toBeGreaterThan(1);
  });

  test("with every place taken keeps the control plane fast, queues, turns away, and lets go at once", async ({
    skip,
  }) => {
    if (!available) skip("this platform has no engine binary");
    const endless = {
      inputs: "Sleep is",
      stream: true,
      parameters: { max_new_tokens: 1500, ignore_eos_token: true },
    };
    function askEndlessly() {
      const leaving = new AbortController();
      const Body = JSON.stringify(endless);
      const outcome = client
        .send(new InvokeEndpointWithResponseStreamCommand({ EndpointName: DEMO, Body }), {
          abortSignal: leaving.signal,
        })
        .then(async (answer) => {
          for await (const _event of answer.Body ?? []);
          return "answered";
        })
        .catch((error: Error & { OriginalMessage?: string }) => error.OriginalMessage ?? error.name);
      return { outcome, leave: () => leaving.abort() };
    }
    const engine = async () => (await readState(program.url)).engine;
    const first = Array.from({ length: 4 }, askEndlessly);
    await expect.poll(engine, PATIENT).toMatchObject({ running: 4, waiting: 0 });

    const control = new SageMakerClient({ region: "us-east-1", endpoint: program.url, credentials: OWN });
    const times: number[] = [];
    for (let call = 0; call < 20; call += 1) {
      const started = performance.now();
      await control.send(new ListEndpointsCommand({}));
      times.push(performance.now() - started);
    }
    expect(await engine()).toMatchObject({ running: 4 });
    expect(times.toSorted((left, right) => left - right)[10]).toBeLessThan(500);

    // The best of three: this machine may be busy with other tests at any one moment.
    const stops: number[] = [];
    for (const [index, asker] of first.slice(0, 3).entries()) {
      asker.leave();
      const left = performance.now();
      await expect.poll(engine, { ...PATIENT, interval: 10 }).toMatchObject({ running: 3 - index });
      stops.push(performance.now() - left);
    }
    expect(Math.min(...stops)).toBeLessThan(1000);

    const more = Array.from({ length: 35 }, askEndlessly);
    await expect.poll(engine, PATIENT).toMatchObject({ running: 4, waiting: 32 });
    expect(await askEndlessly().outcome).toContain("Worker queue capacity exceeded for model: model");
    for (const asker of [...first, ...more]) asker.leave();
    await expect.poll(engine, PATIENT).toMatchObject({ running: 0, waiting: 0 });
    for (const asker of [...first, ...more]) expect(await asker.outcome).not.toBe("answered");
  });

  test("survives the end of its engine and starts it again", { timeout: 30_000 }, async ({ skip }) => {
    if (!available) skip("this platform has no engine binary");
    const [engine] = await enginesOf(program.child.pid);
    process.kill(engine ?? 0, "SIGKILL");
    await expect.poll(program.errors).toContain("engine ended unexpectedly");
    expect(
      await ask(DEMO, { inputs: QUESTION, parameters: { max_new_tokens: 6, temperature: 0 } }),
    ).toContain("Paris");
  });

  test("takes its engine with it when it is killed", async () => {
    const engines = await enginesOf(program.child.pid);
    expect(engines).toHaveLength(1);
    program.child.kill("SIGKILL");
    await expect.poll(() => engines.filter(isAlive), { timeout: 3000 }).toEqual([]);
  });
});

describe("the program without a model", () => {
  test("says so, answers prompts with the reason, and ends with its parent", {
    timeout: 30_000,
  }, async () => {
    const parent = spawn("sleep", ["60"]);
    const program = await start(
      "--state",
      newFolder(),
      "--engine",
      "gguf:/nowhere.gguf",
      "--parent",
      String(parent.pid),
    );
    await expect
      .poll(program.errors, { timeout: 10_000 })
      .toContain(
        "engine unavailable: The sandbox's language model cannot answer: /nowhere.gguf: the file is missing",
      );
    const client = new SageMakerRuntimeClient({
      region: "us-east-1",
      endpoint: program.url,
      credentials: OWN,
      maxAttempts: 1,
    });
    await expect(
      client.send(new InvokeEndpointCommand({ EndpointName: DEMO, Body: '{"inputs":"x"}' })),
    ).rejects.toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 503,
      OriginalMessage: expect.stringContaining("the file is missing"),
    });
    const closed = once(program.child, "close");
    parent.kill("SIGKILL");
    await closed;
  });
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends the program and its engine", async (signal) => {
  const program = await start("--state", newFolder(), "--engine", "gguf:/nowhere.gguf");
  const engines = await enginesOf(program.child.pid);
  program.child.kill(signal);
  const [code] = await once(program.child, "exit");
  expect(code).toBe(0);
  await expect.poll(() => engines.filter(isAlive)).toEqual([]);
});

test("a creation and an update go on after a kill in the middle of them, at the scale of 60", {
  timeout: 30_000,
}, async () => {
  const folder = newFolder();
  const flags = ["--state", folder, "--clock", "60", "--seed", "7"];
  const credentials = OWN;
  const first = await start(...flags);
  const control = (endpoint: string) => new SageMakerClient({ region: "us-east-1", endpoint, credentials });
  const show = (url: string, EndpointName: string) =>
    control(url).send(new DescribeEndpointCommand({ EndpointName }));
  const { EndpointConfigName } = await show(first.url, DEMO);
  const { ProductionVariants } = await control(first.url).send(
    new DescribeEndpointConfigCommand({ EndpointConfigName }),
  );
  await control(first.url).send(
    new CreateEndpointConfigCommand({ EndpointConfigName: "next", ProductionVariants }),
  );
  await control(first.url).send(new CreateEndpointCommand({ EndpointName: "new", EndpointConfigName }));
  await control(first.url).send(
    new UpdateEndpointCommand({ EndpointName: DEMO, EndpointConfigName: "next" }),
  );
  const [creating, updating] = [await show(first.url, "new"), await show(first.url, DEMO)];
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  const second = await start(...flags);
  expect(creating.EndpointStatus).toBe("Creating");
  expect(updating).toMatchObject({ EndpointStatus: "Updating", EndpointConfigName });
  // A slow machine may have taken longer than the seconds that these take here.
  await fetch(`${second.url}/_sandbox/clock`, { method: "POST", body: '{"advance":"1h"}' });
  expect(await show(second.url, "new")).toMatchObject({
    EndpointStatus: "InService",
    CreationTime: creating.CreationTime,
  });
  expect(await show(second.url, DEMO)).toMatchObject({
    EndpointStatus: "InService",
    EndpointConfigName: "next",
    CreationTime: updating.CreationTime,
  });
  second.child.kill("SIGKILL");
});

describe("what stops the program at once, with a sentence", () => {
  test("a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { code, errors } = await refusal("--state", newFolder(), "--port", String(port));
    expect(code).toBe(1);
    expect(errors).toContain(`cannot listen on 127.0.0.1:${port}: the port is taken by another program`);
    other.close();
  });

  test("a state folder that cannot be made", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "file"), "");
    const { code, errors } = await refusal("--state", join(folder, "file", "below"));
    expect(code).toBe(1);
    expect(errors).toMatch(/^The state folder .* cannot be used: /m);
  });

  test("a flag that makes no sense", async () => {
    const { code, errors } = await refusal("--clock", "fast");
    expect(code).toBe(1);
    expect(errors).toContain("--clock must be a number");
  });
});
