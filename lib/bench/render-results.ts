import type { BothDelays, Delays } from "./measure-delay.ts";
import type { EditorCosts } from "./measure-editor.ts";
import type { PageCosts } from "./measure-page.ts";
import type { ReadingCosts } from "./measure-reading.ts";

/** Both measurements as Markdown tables. Ratios first: they travel between machines, times do not. */
export function renderResults(costs: ReadingCosts, delays: BothDelays): string {
  return `## Reading a stream: processor time of one token

| way | of the SDK alone | µs |
|---|---:|---:|
${row("AWS SDK, frames only", ratio(costs.sdk, costs.sdk), micro(costs.sdk))}
${row("AWS SDK and JSON.parse of each line", ratio(costs.sdkWithJson, costs.sdk), micro(costs.sdkWithJson))}
${row("our reading alone, bytes to event lines", ratio(costs.ours, costs.sdk), micro(costs.ours))}
${row("socket to event lines, as the server does it", ratio(costs.whole, costs.sdk), micro(costs.whole))}

## Way of one token: from the container to a reading program

| way | p50 of the SDK's | p50 ms | p99 of the SDK's | p99 ms |
|---|---:|---:|---:|---:|
${delayRow("AWS SDK", delays.sdk, delays.sdk)}
${delayRow("POST /api/invoke", delays.ours, delays.sdk)}
${row("added (p99 at most 2 ms)", "–", delays.added.p50.toFixed(2), "–", delays.added.p99.toFixed(2))}
`;
}

/** What the page costs somebody who looks at it, beside what it should cost at most. */
export function renderPages(pages: readonly PageCosts[]): string {
  return `## The page while an answer comes
${pages.map(renderPage).join("\n")}`;
}

/** What the editor of a configuration costs with each key, at a fourth of the processor. */
export function renderEditor({ lines, validation, paint, plain }: EditorCosts): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `## A keystroke in a configuration of ${lines} options, processor slowed fourfold

| | p50 | p95 | p95 of a plain field | at most |
|---|---:|---:|---:|---:|
${row("validation alone", ms(validation.p50), ms(validation.p95), "–", "16 ms")}
${row("key to frame", ms(paint.p50), ms(paint.p95), ratio(paint.p95, plain.p95), "–")}
`;
}

function renderPage(costs: PageCosts): string {
  // The tool that drives the browser decodes the whole body once more when it ends: 7 MB of it are one long task.
  const isFast = costs.perSecond > 1_000;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `
${costs.tokens.toLocaleString("en")} tokens at ${costs.perSecond.toLocaleString("en")} a second

| | measured | of the page at rest | at most |
|---|---:|---:|---:|
${row("frame, p95", ms(costs.frameP95), ratio(costs.frameP95, costs.restP95), isFast ? "33 ms" : "20 ms")}
${row("frame, p99", ms(costs.frameP99), ratio(costs.frameP99, costs.restP95), "–")}
${row("longest task", ms(costs.longestTask), "–", isFast ? "–" : "100 ms")}
${row("slowest keystroke", ms(costs.slowestInteraction), "–", "100 ms")}
${row("colours that changed", `${costs.colourChanges} of ${costs.colourLooks} looks`, "–", "0")}
${row("heap for 10,000 tokens", `${(costs.heapPer10000 / 1e6).toFixed(2)} MB`, "–", "5 MB")}
${row("switch of metric", ms(costs.metricSwitch), "–", "50 ms")}
${row("switch of theme", ms(costs.themeSwitch), "–", "50 ms")}
`;
}

function delayRow(name: string, delays: Delays, base: Delays) {
  const { p50, p99 } = delays;
  return row(name, ratio(p50, base.p50), p50.toFixed(2), ratio(p99, base.p99), p99.toFixed(2));
}

function row(...cells: string[]) {
  return `| ${cells.join(" | ")} |`;
}

function ratio(value: number, base: number) {
  return `${(value / base).toFixed(2)} ×`;
}

function micro(value: number) {
  return value.toFixed(1);
}
