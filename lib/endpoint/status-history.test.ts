import { expect, it } from "vitest";
import type { EndpointStatus } from "./endpoint.ts";
import { recordStatus, type StatusHistory } from "./status-history.ts";

function watch(...looks: [status: EndpointStatus, at: number, createdAt?: number][]) {
  let history: StatusHistory = new Map();
  for (const [status, at, createdAt = 10] of looks) {
    history = recordStatus(history, { name: "e", status, createdAt }, at);
  }
  return history.get("e")?.changes.map((change) => [change.status, change.at]);
}

it("keeps changes, not looks", () => {
  expect(watch(["Creating", 20], ["Creating", 30], ["InService", 40], ["InService", 50])).toEqual([
    ["Creating", 10],
    ["InService", 40],
  ]);
});

it("admits that it does not know what came before its first look", () => {
  const history = recordStatus(new Map(), { name: "e", status: "InService", createdAt: 10 }, 20);
  expect(history.get("e")?.changes[1]).toMatchObject({
    status: "InService",
    at: 20,
    note: expect.stringContaining("unknown"),
  });
});

it("begins anew for a new endpoint of the same name", () => {
  expect(watch(["InService", 20], ["Deleting", 30], ["Creating", 50, 40])).toEqual([["Creating", 40]]);
});

it("calls a rollback a rollback", () => {
  let history: StatusHistory = new Map();
  for (const status of ["InService", "Updating", "RollingBack", "InService"] as const) {
    history = recordStatus(history, { name: "e", status, createdAt: 0 }, 1);
  }
  expect(history.get("e")?.changes.at(-1)?.note).toMatch(/update failed/);
});

it("is bounded", () => {
  let history: StatusHistory = new Map();
  for (let at = 0; at < 1_000; at += 1) {
    const status = at % 2 ? "Updating" : "InService";
    history = recordStatus(history, { name: "e", status, createdAt: 0 }, at);
  }
  expect(history.get("e")?.changes).toHaveLength(100);
  expect(history.get("e")?.changes.at(-1)?.at).toBe(999);
  for (let index = 0; index < 2_100; index += 1) {
    history = recordStatus(history, { name: `n${index}`, status: "InService", createdAt: 0 }, 1);
  }
  expect(history.size).toBe(2_000);
  expect(history.has("e")).toBe(false);
});
