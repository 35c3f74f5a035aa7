import { type PreparedUnit, prepareUnits } from "#lib/chart/prepare-units.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { joinGraphemes, type TextUnit } from "#lib/score/join-graphemes.ts";
import { removedAt } from "#lib/score/measure-parts.ts";
import { measureToken, type TokenMeasure } from "#lib/score/measure-token.ts";
import { entropyBand, rankBand } from "#lib/score/metric-bands.ts";
import { probabilityBand } from "#lib/score/probability-band.ts";
import { thresholdStep } from "./token-marks.ts";

const BROKEN = /\uFFFD+/g;

/** A unit as it was painted, and the nodes that show it. */
type PaintedUnit = { signature: string; nodes: Node[] };

/** What stands in an element, so that painting again touches only what changed. */
export type PaintedStretch = PaintedUnit[];

/**
 * Paints a few words of running text into an element and answers what stands there now. Elements are made by
 * hand: React would keep three objects for each token, which for long answers is most of the page's memory. Units
 * that stay keep their nodes, and with them focus and selection. Everything of the answer is set as text.
 */
export function paintStretch(
  element: HTMLElement,
  painted: PaintedStretch,
  { tokens, start, end }: { tokens: readonly TokenEvent[]; start: number; end: number },
): PaintedStretch {
  const before = tokens[start - 1];
  let partBefore = (before ?? tokens[start])?.part;
  const next = prepareUnits(joinGraphemes(tokens.slice(start, end)), before?.text ?? null).map((prepared) => {
    const { part } = prepared.unit;
    const seam = part === partBefore ? null : { part, removed: removedAt(tokens, prepared.unit.index) };
    partBefore = part;
    return { prepared, seam, signature: signatureOf(prepared) };
  });
  let kept = 0;
  while (kept < painted.length && painted[kept]?.signature === next[kept]?.signature) kept += 1;
  if (kept === 0) element.replaceChildren();
  for (const { nodes } of painted.slice(kept)) for (const node of nodes) node.parentNode?.removeChild(node);
  const added = next.slice(kept).map(({ prepared, seam, signature }) => {
    const nodes = [
      ...(seam === null ? [] : [createSeam(seam)]),
      ...(prepared.text === "" ? [] : createUnit(prepared)),
    ];
    element.append(...nodes);
    return { signature, nodes };
  });
  return [...painted.slice(0, kept), ...added];
}

/** Tells a unit that changed from one that did not: text may join it, and alternatives may come late. */
function signatureOf({ unit, lead, text, startsWord }: PreparedUnit<TextUnit>): string {
  const alternatives = unit.tokens[0]?.alternatives?.length ?? 0;
  return `${unit.index} ${unit.tokens.length} ${alternatives} ${startsWord} ${lead}${text}`;
}

/** Everything a style sheet needs to show the token under any metric: a switch paints nothing again. */
function createUnit(prepared: PreparedUnit<TextUnit>): Node[] {
  const { unit, lead, text, mark } = prepared;
  const isSpecial = unit.tokens.some((token) => token.special);
  const { entropy, rank } = measureUnit(unit);
  const element = document.createElement("span");
  element.className = "token";
  const set = (name: string, value: string | number | null) => {
    if (value !== null) element.setAttribute(`data-${name}`, String(value));
  };
  set("index", unit.index);
  set("band", unit.logProb === null ? null : probabilityBand(unit.logProb));
  set("step", unit.logProb === null || isSpecial ? null : thresholdStep(unit.logProb));
  set("unknown", unit.logProb === null ? "" : null);
  set("entropy", entropy === null ? null : entropyBand(entropy));
  set("rank", rank === null ? null : rankBand(rank));
  set("partial", unit.partial ? "" : null);
  set("opening", prepared.isOpening ? "" : null);
  set("word", prepared.startsWord ? "" : null);
  set("lead", lead === "" || isSpecial ? null : "·".repeat(Math.min(lead.length, 3)));
  set("spaces", prepared.spaces);
  set("special", isSpecial ? "" : null);
  // A line break has no width to point at, and a special token is no part of the text: both get a mark that CSS
  // draws, so that copying takes the text and nothing else.
  set("mark", isSpecial ? unit.text : mark);
  if (isSpecial) return [element];
  element.textContent = unit.partial ? text.replaceAll(BROKEN, "") : text;
  return lead === "" ? [element] : [document.createTextNode(lead), element];
}

/** A character of several tokens was several choices: only a unit of one has an entropy and a rank. */
function measureUnit({ tokens }: TextUnit): Pick<TokenMeasure, "entropy" | "rank"> {
  const [only, second] = tokens;
  if (only === undefined || second !== undefined || only.alternatives === undefined) {
    return { entropy: null, rank: null };
  }
  return measureToken(only);
}

/** Where one request ended and the next began. Drawn by CSS alone, so that copying the answer skips it. */
function createSeam({ part, removed }: { part: number; removed: number }): HTMLElement {
  const said = removed === 0 ? "" : `, ${removed} characters removed`;
  const seam = document.createElement("span");
  seam.className = "seam";
  seam.setAttribute("data-label", `request ${part + 1}${said}`);
  seam.setAttribute("role", "separator");
  seam.setAttribute("aria-label", `Request ${part + 1} begins${said}`);
  return seam;
}
