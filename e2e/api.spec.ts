import { request as httpRequest } from "node:http";
import { expect, test } from "./fixtures.ts";

const DEMO = "sagescope-demo";

test("a prompt is answered with lines of JSON and exactly one end", async ({ request, sagemaker }) => {
  await sagemaker.script(DEMO, { words: ["One", " two"] });
  const response = await request.post("/api/invoke", { data: { endpointName: DEMO, prompt: "Count" } });
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toContain("application/x-ndjson");
  const events = (await response.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ type }) => type)).toEqual(["run-start", "token", "token", "run-end"]);
  expect(events.at(-1)).toMatchObject({ generatedText: "One two", tokens: 2, requests: 1 });
});

test("a request that cannot be read is refused with a sentence", async ({ request }) => {
  for (const data of [{}, { endpointName: DEMO, prompt: "x", parameters: { temperature: 9 } }]) {
    const response = await request.post("/api/invoke", { data });
    expect(response.status()).toBe(400);
    expect((await response.json()).failure).toMatchObject({ code: "invalid", message: expect.any(String) });
  }
});

test("endpoints are listed as JSON", async ({ request }) => {
  const { endpoints } = await (await request.get("/api/endpoints")).json();
  expect(endpoints).toContainEqual(expect.objectContaining({ name: DEMO, status: "InService" }));
});

test("a foreign name or a foreign page gets nowhere", async ({ baseURL }) => {
  const url = new URL("/api/invoke", baseURL);
  const own = { "content-type": "application/json" };
  expect(await statusOf(url, { ...own, host: "evil.example" })).toBe(403);
  expect(await statusOf(url, { ...own, origin: "https://evil.example" })).toBe(403);
  expect(await statusOf(url, { ...own, origin: "null" })).toBe(403);
  expect(await statusOf(url, { ...own, origin: url.origin })).toBe(400);
  expect(await statusOf(url, own)).toBe(400);
  expect(await statusOf(new URL("/", url), { host: "evil.example" }, "GET")).toBe(403);
  expect(await statusOf(new URL("/_next/static/nothing.js", url), { host: "evil.example" }, "GET")).toBe(403);
});

test("a client that goes away ends the generation, long before it would end by itself", async ({
  baseURL,
  sagemaker,
}) => {
  const words = Array.from({ length: 1_500 }, (_, index) => ` w${index}`);
  await sagemaker.script(DEMO, { words, delayMs: 50 });
  const client = httpRequest(new URL("/api/invoke", baseURL), {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  await new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("response", (response) => response.once("data", () => resolve()));
    client.end(JSON.stringify({ endpointName: DEMO, prompt: "Go on" }));
  });
  expect(await sagemaker.liveInvocations()).toBe(1);
  client.removeAllListeners("error").on("error", () => {});
  client.destroy();
  await expect.poll(() => sagemaker.liveInvocations()).toBe(0);
});

function statusOf(url: URL, headers: Record<string, string>, method = "POST"): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? "{}" : undefined);
  });
}
