import { BAND_LINES, HEAT_COLOURS } from "#lib/chart/heat-colours.ts";
import { emptyRun, reduceRun } from "#lib/run/reduce-run.ts";
import { joinGraphemes, type TextUnit } from "#lib/score/join-graphemes.ts";
import { BANDS, bandEdges, probabilityBand } from "#lib/score/probability-band.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import type { Capsule } from "./capsule.ts";
import { CAVEAT } from "./caveat.ts";

/**
 * A capsule as one page that opens from a disk without a network: no script, no font, no picture. The capsule
 * itself is inside, so that the page can be opened in Sagescope again.
 */
export function renderPage(capsule: Capsule): string {
  const run = reduceRun(emptyRun(), capsule.events);
  const { value, countedTokens, leftOut } = scoreRun(run.tokens);
  const numbers = [
    ["Confidence, exp(mean log probability)", value === null ? "not available" : number(value.confidence)],
    ["Joint log probability", value === null ? "not available" : `${number(value.jointLogProb)} nats`],
    ["Mean log probability", value === null ? "not available" : `${number(value.meanLogProb)} nats`],
    ["Perplexity", value === null ? "not available" : number(value.perplexity)],
    ["Tokens counted", String(countedTokens)],
    ["Tokens left out", String(leftOut.reduce((sum, { count }) => sum + count, 0))],
    ["Finish reason", run.finishReason?.raw ?? run.finishReason?.kind ?? run.failure?.message ?? "none"],
    ["Endpoint", capsule.endpointName],
    ["Container", capsule.container ?? "unknown"],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(capsule.endpointName)}: a run, from Sagescope</title>
<style>${styles()}</style>
</head>
<body>
<h1>A run of ${escapeHtml(capsule.endpointName)}</h1>
${promptOf(capsule)}
<h2>Answer</h2>
<p class="legend">Probability ${BANDS.map((band) => `<span class="b${band}">${escapeHtml(bandEdges(band, "probability"))}</span>`).join(" ")}</p>
<div class="answer" dir="auto">${joinGraphemes(run.tokens).map(spanOf).join("")}</div>
<h2>Numbers</h2>
<table>${numbers.map(([name = "", text = ""]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(text)}</td></tr>`).join("")}</table>
<p>${CAVEAT}</p>
<script type="application/json" id="capsule">${JSON.stringify(capsule).replaceAll("<", "\\u003c")}</script>
</body>
</html>
`;
}

function promptOf({ request }: Capsule): string {
  if (request === null) return "";
  const messages = request.messages ?? [{ role: "prompt", content: request.prompt ?? "" }];
  const texts = messages.map(
    ({ role, content }) => `<h3>${escapeHtml(role)}</h3><pre dir="auto">${escapeHtml(content)}</pre>`,
  );
  return `<h2>Asked</h2>${texts.join("")}<p>Parameters: <code>${escapeHtml(JSON.stringify(request.parameters))}</code></p>`;
}

function spanOf(unit: TextUnit): string {
  const text = escapeHtml(unit.text);
  if (unit.logProb === null) return `<span class="none">${text}</span>`;
  const probability = Math.exp(Math.min(unit.logProb, 0));
  return `<span class="b${probabilityBand(unit.logProb)}" title="p ${number(probability)}, log p ${number(unit.logProb)} nats">${text}</span>`;
}

function styles(): string {
  const { light, dark } = HEAT_COLOURS;
  const bands = BANDS.map((band) => {
    const line = BAND_LINES[band];
    return `.b${band}{background:light-dark(${light.bands[band]},${dark.bands[band]});${line === null ? "" : `text-decoration:underline ${line};`}}`;
  });
  return `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:light-dark(${light.ink},${dark.ink});background:light-dark(${light.surface},${dark.surface})}pre,.answer{white-space:pre-wrap;overflow-wrap:anywhere}.answer span{box-decoration-break:clone;-webkit-box-decoration-break:clone}.none{text-decoration:underline wavy}th{text-align:left;padding-right:2rem;font-weight:400}td{font-variant-numeric:tabular-nums}${bands.join("")}`;
}

/** Nine digits: as many as two ways to the same number agree on. */
function number(value: number): string {
  return String(Number(value.toPrecision(9)));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
