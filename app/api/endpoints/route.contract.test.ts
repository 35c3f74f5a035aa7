import { beforeAll, expect, it } from "vitest";
import { GET as getConnection } from "#app/api/connection/route.ts";
import { GET as getHealth } from "#app/api/health/route.ts";
import { connectTo } from "#lib/aws/connect-to.ts";
import { connectionSchema } from "#lib/endpoint/connection.ts";
import { GET as getEndpoint } from "./[name]/route.ts";
import { GET as getList } from "./route.ts";

/** Nothing listens there: what the routes say when AWS cannot be reached. */
beforeAll(() =>
  connectTo(process.env, "http://127.0.0.1:9", { key: "AKIAVISIBLE", secret: "hidden-secret" }),
);

function ask(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://127.0.0.1:3000${path}`, { headers: { host: "127.0.0.1:3000", ...headers } });
}

it("serves an empty list with the reason", async () => {
  const response = await getList(ask("/api/endpoints"));
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ endpoints: [], asOf: 0, failure: { code: "unreachable" } });
});

it("serves the reason in place of one endpoint", async () => {
  const response = await getEndpoint(ask("/api/endpoints/e"), { params: Promise.resolve({ name: "e" }) });
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ failure: { code: "unreachable" } });
});

it("shows the place all the same, and no credential", async () => {
  const response = await getConnection(ask("/api/connection"));
  const text = await response.text();
  expect(connectionSchema.parse(JSON.parse(text))).toMatchObject({
    account: null,
    region: "us-east-1",
    controlHost: "127.0.0.1:9",
    isLocal: true,
    failure: { code: "unreachable" },
  });
  expect(text).not.toMatch(/AKIA|hidden/);
});

it("is healthy without AWS", async () => {
  expect(await getHealth().json()).toEqual({ ok: true });
});

it("refuses other sites everywhere", async () => {
  const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  const answers = [
    await getList(ask("/api/endpoints", foreign)),
    await getEndpoint(ask("/api/endpoints/e", foreign), { params: Promise.resolve({ name: "e" }) }),
    await getConnection(ask("/api/connection", foreign)),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ failure: { code: "not-allowed" } });
  }
});
