import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HEAT_COLOURS } from "#lib/chart/heat-colours.ts";
import type { RunEvent, TokenEvent } from "#lib/run/run-event.ts";
import { probabilityBand } from "#lib/score/probability-band.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import { packCapsule, readCapsule } from "./capsule.ts";
import { CAVEAT } from "./caveat.ts";
import { renderCsv } from "./render-csv.ts";
import { renderPage } from "./render-page.ts";
import { renderSvg } from "./render-svg.ts";

const PIECES: [string, number | null][] = [
  ["It's ", -0.05],
  ["<b>bold</b>", -2.9],
  [' & "so"\n', -0.8],
  ["日本 👩‍👩‍👧", -1.6],
  ["=1+1", null],
  ["שלום", -0.3],
];

function tokens(): TokenEvent[] {
  return PIECES.map(([text, logProb], index) => ({
    type: "token",
    index,
    part: 0,
    id: index,
    text,
    logProb,
    special: false,
    counts: true,
    at: index * 10,
    ...(index === 1 ? { alternatives: [{ id: 9, text: "x,y", logProb: -0.1 }] } : {}),
  }));
}

function events(): RunEvent[] {
  const generatedText = PIECES.map(([text]) => text).join("");
  return [
    { type: "run-start", runId: "r", endpointName: "demo", startedAt: 5, dialect: "lmi", requestBody: "{}" },
    ...tokens(),
    {
      type: "run-end",
      finishReason: { raw: "length", kind: "length" },
      generatedText,
      tokens: PIECES.length,
      requests: 1,
      at: 99,
    },
  ];
}

const CAPSULE = packCapsule({
  endpointName: "demo",
  container: "LMI v27 (0.36.0), vLLM async",
  region: "us-east-1",
  startedAt: 5,
  request: { endpointName: "demo", prompt: "Why <script>?", parameters: { maxNewTokens: 6 } },
  events: events(),
});

describe("a capsule", () => {
  test("comes back as it was packed", async () => {
    expect(await readCapsule(JSON.stringify(CAPSULE))).toEqual({ ok: true, value: CAPSULE });
  });

  test("is read from recorded event lines", async () => {
    const lines = events().map((event) => JSON.stringify(event));
    expect(await readCapsule(`${lines.join("\n")}\n`)).toMatchObject({
      ok: true,
      value: { endpointName: "demo", startedAt: 5, events: events() },
    });
  });

  test("is read from what a container said", async () => {
    const fixture = new URL(
      "../wire/fixtures/lmi-wire/v036-jsonlines-details-top-prefill.bin",
      import.meta.url,
    );
    const read = await readCapsule(readFileSync(fixture, "utf8"));
    expect(read.ok && read.value.events.filter(({ type }) => type === "token").length).toBeGreaterThan(2);
    expect(read.ok && read.value.events.at(-1)).toMatchObject({ type: "run-end" });
  });

  test.each(["", "hello", "{}", "[1,2]", '{"format":"sagescope-capsule","version":9}'])(
    "is not read from %j",
    async (text) => {
      expect(await readCapsule(text)).toMatchObject({ ok: false, failure: { code: "invalid" } });
    },
  );
});

describe("the page", () => {
  const page = renderPage(CAPSULE);

  test("has the numbers of the run, and what they are not", () => {
    const { value } = scoreRun(tokens());
    expect(page).toContain(String(Number(value?.confidence.toPrecision(9))));
    expect(page).toContain(`${Number(value?.jointLogProb.toPrecision(9))} nats`);
    expect(page).toContain(CAVEAT);
  });

  test("takes model output for text", () => {
    expect(page).toContain("&lt;b&gt;bold&lt;/b&gt;");
    expect(page).not.toContain("<b>bold");
    expect(page).not.toContain("Why <script>");
    // The only script is data, and nothing in the data can end it.
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test("asks nobody for anything", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/\b(src|href)=|url\(|@import|https?:/);
  });

  test("carries the capsule it was made of", async () => {
    expect(await readCapsule(page)).toEqual({ ok: true, value: CAPSULE });
  });
});

describe("the picture", () => {
  test.each(["light", "dark"] as const)("in %s colours each unit by its band, with the legend", (theme) => {
    const svg = renderSvg(tokens(), "demo", theme);
    const { bands } = HEAT_COLOURS[theme];
    for (const band of [0, 1, 2, 3, 4] as const) expect(svg).toContain(`fill="${bands[band]}"`);
    const marked = svg.split(`fill="${bands[probabilityBand(-2.9)]}"`).length - 1;
    // One box in the legend, one for the only token of that band.
    expect(marked).toBe(2);
    expect(svg).toContain(CAVEAT);
    expect(svg).toContain("&lt;b&gt;bold&lt;/b&gt;");
  });

  test("breaks long lines, and none inside a character", () => {
    const long = tokens()
      .slice(0, 1)
      .map((token) => ({ ...token, text: "👩‍👩‍👧x".repeat(80) }));
    const svg = renderSvg(long, "long", "light");
    const rows = [...svg.matchAll(/xml:space="preserve">([^<]*)</g)].slice(6).map((match) => match[1] ?? "");
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.join("")).toBe("👩‍👩‍👧x".repeat(80));
    for (const row of rows) expect(row).toMatch(/^(👩‍👩‍👧|x)/u);
  });

  test("can be drawn of nothing and of what XML cannot hold", () => {
    expect(renderSvg([], "nothing", "light")).toContain("No log probabilities.");
    const odd = tokens()
      .slice(0, 1)
      .map((token) => ({ ...token, text: "\u0000\ud800" }));
    expect(renderSvg(odd, "odd", "light")).toContain("\ufffd\ufffd");
  });
});

test("the table has a row for each token, empty cells for unknown numbers, and no formulas", () => {
  const [head, ...rows] = renderCsv(tokens()).trimEnd().split("\r\n");
  expect(head).toMatch(/^index,part,id,text,/);
  expect(rows).toHaveLength(PIECES.length);
  expect(rows[1]).toContain('"<b>bold</b>"');
  expect(rows[1]).toContain(">1");
  expect(rows[2]).toContain('" & ""so""\n"');
  expect(rows[4]).toContain(`"'=1+1",true,false,,,,,,40,`);
});
