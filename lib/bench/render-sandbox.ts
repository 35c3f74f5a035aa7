import type { SandboxCosts } from "./measure-sandbox.ts";

/** What the local SageMaker can do, as a Markdown table with what is promised beside it. */
export function renderSandbox(costs: SandboxCosts, readyMs: number): string {
  const ratio = costs.plainCallsPerSecond / costs.callsPerSecond;
  const growth = Math.max(...costs.pageGrowth.map((order) => order.growth));
  const rows = [
    ["ready without an engine", "1,000 ms", `${readyMs.toFixed(0)} ms`],
    ["memory without an engine", "120 MB", `${(costs.memoryBytes / 1e6).toFixed(0)} MB`],
    ["signed calls in a second of one core", "2,000", costs.callsPerSecond.toFixed(0)],
    ["processor time of a call, of a bare Node server's", "", `${ratio.toFixed(1)} ×`],
    [
      "a page of 100 of 10,000 endpoints, last quarter of first, worst of six orders",
      "1 ×",
      `${growth.toFixed(2)} ×`,
    ],
    ["a page of 100 of 10,000 endpoints: processor time", "", `${costs.pageMs.toFixed(2)} ms`],
    [
      "500 streams of 50 tokens/s: processor time of a token",
      "40 µs",
      `${costs.tokenMicroseconds.toFixed(0)} µs`,
    ],
    ["500 streams of 50 tokens/s: lateness, p50", "", `${costs.lateP50Ms.toFixed(1)} ms`],
    ["500 streams of 50 tokens/s: lateness, p99", "", `${costs.lateP99Ms.toFixed(1)} ms`],
  ];
  return `## The local SageMaker

| what | promised | measured |
|---|---:|---:|
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}
`;
}
