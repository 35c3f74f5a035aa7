import type { GeneratingCosts } from "./measure-generating.ts";
import type { SandboxCosts } from "./measure-sandbox.ts";

/** What the local SageMaker can do, as a Markdown table with what is promised beside it. */
export function renderSandbox(
  costs: SandboxCosts,
  readyMs: number,
  generating: GeneratingCosts | undefined,
): string {
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
    ...(generating === undefined ? [] : generatingRows(generating)),
  ];
  return `## The local SageMaker

| what | promised | measured |
|---|---:|---:|
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}
`;
}

function generatingRows(costs: GeneratingCosts): string[][] {
  const idle = `${costs.idleP50Ms.toFixed(1)} and ${costs.idleP99Ms.toFixed(1)} ms`;
  const busy = `${costs.busyP50Ms.toFixed(1)} and ${costs.busyP99Ms.toFixed(1)} ms`;
  const stop = `${costs.stopP50Ms.toFixed(0)} and ${costs.stopMostMs.toFixed(0)} ms`;
  return [
    ["a control-plane call, p50 and p99", "", idle],
    ["the same while four prompts are answered, p50 and p99", "50 ms", busy],
    ["a client leaves: until its generation has ended, p50 and longest", "200 ms", stop],
  ];
}
