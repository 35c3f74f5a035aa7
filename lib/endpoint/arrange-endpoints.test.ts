import { describe, expect, it } from "vitest";
import { arrangeEndpoints, type EndpointArrangement } from "./arrange-endpoints.ts";
import type { EndpointSummary } from "./endpoint.ts";

function endpoint(name: string, status: EndpointSummary["status"], createdAt: number): EndpointSummary {
  return { name, status, createdAt, modifiedAt: 10 - createdAt, arn: `arn:${name}` };
}

const rows = [
  endpoint("beta-chat", "InService", 2),
  endpoint("alpha-chat", "InService", 1),
  endpoint("gamma", "Failed", 3),
];
const plain: EndpointArrangement = { text: "", status: null, sort: "name", descending: false };

function names(change: Partial<EndpointArrangement>) {
  return arrangeEndpoints(rows, { ...plain, ...change }).map((row) => row.name);
}

describe("arrangeEndpoints", () => {
  it("sorts by each column in both directions", () => {
    expect(names({})).toEqual(["alpha-chat", "beta-chat", "gamma"]);
    expect(names({ sort: "created", descending: true })).toEqual(["gamma", "beta-chat", "alpha-chat"]);
    expect(names({ sort: "modified" })).toEqual(["gamma", "beta-chat", "alpha-chat"]);
  });

  it("breaks ties by name, whatever the direction", () => {
    expect(names({ sort: "status" })).toEqual(["gamma", "alpha-chat", "beta-chat"]);
    expect(names({ sort: "status", descending: true })).toEqual(["alpha-chat", "beta-chat", "gamma"]);
  });

  it("keeps names with all the words, in any case", () => {
    expect(names({ text: "CHAT al" })).toEqual(["alpha-chat"]);
    expect(names({ text: "nothing" })).toEqual([]);
  });

  it("keeps one status", () => {
    expect(names({ status: "Failed" })).toEqual(["gamma"]);
  });

  it("leaves the given list as it was", () => {
    const before = rows.map((row) => row.name);
    names({ sort: "created", descending: true });
    expect(rows.map((row) => row.name)).toEqual(before);
  });
});
