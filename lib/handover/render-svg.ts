import { BAND_LINES, HEAT_COLOURS, type HeatTheme } from "#lib/chart/heat-colours.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { joinGraphemes, type TextUnit } from "#lib/score/join-graphemes.ts";
import { BANDS, type Band, bandEdges, probabilityBand } from "#lib/score/probability-band.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import { CAVEAT } from "./caveat.ts";

const COLUMNS = 88;
const CELL = 8.4;
const LINE = 24;
const MARGIN = 24;
const FONT = 14;
const DASHES = { double: "", dashed: "5 3", dotted: "1.5 2" } as const;

/** Text that stands in one line, `column` cells from the left and `columns` cells wide. */
type Piece = { text: string; column: number; line: number; columns: number; band: Band | null };

/**
 * The heatmap as a picture, with its legend, the confidence and what that is not. Letters are set on a grid and
 * stretched to it, so that marks and words agree in whatever monospaced font the viewer has.
 */
export function renderSvg(tokens: readonly TokenEvent[], title: string, theme: HeatTheme): string {
  const colours = HEAT_COLOURS[theme];
  const pieces = layOut(joinGraphemes(tokens));
  const lines = Math.max(1, (pieces.at(-1)?.line ?? 0) + 1);
  const { value, countedTokens } = scoreRun(tokens);
  const confidence =
    value === null
      ? "No log probabilities."
      : `Confidence ${value.confidence.toFixed(3)} = exp(mean log probability) over ${countedTokens} tokens.`;
  const width = COLUMNS * CELL + 2 * MARGIN;
  const top = MARGIN + 2 * LINE;
  const foot = top + lines * LINE + LINE;
  const height = foot + 2 * LINE + MARGIN / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT}" fill="${colours.ink}">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(`${confidence} ${CAVEAT}`)}</desc>
<rect width="100%" height="100%" fill="${colours.surface}"/>
<text x="${MARGIN}" y="${MARGIN + 8}" font-weight="600">${escapeXml(title)}</text>
${BANDS.map((band) => mark(legendPiece(band), MARGIN + LINE, colours.bands)).join("\n")}
${pieces.map((piece) => mark(piece, top, colours.bands)).join("\n")}
<text x="${MARGIN}" y="${foot + 8}">${escapeXml(confidence)}</text>
<text x="${MARGIN}" y="${foot + LINE + 8}" font-size="12">${escapeXml(CAVEAT)}</text>
</svg>
`;
}

function legendPiece(band: Band): Piece {
  const text = bandEdges(band, "probability");
  return { text, column: band * 10, line: 0, columns: columnsOf(text), band };
}

/** Breaks units into lines of the grid: at line breaks, at the last column, and nowhere inside a unit's character. */
function layOut(units: readonly TextUnit[]): Piece[] {
  const pieces: Piece[] = [];
  let line = 0;
  let column = 0;
  for (const unit of units) {
    const band = unit.logProb === null ? null : probabilityBand(unit.logProb);
    for (const [index, row] of unit.text.split(/\r?\n/).entries()) {
      if (index > 0) {
        line += 1;
        column = 0;
      }
      for (const text of chunks(row, COLUMNS - column)) {
        const columns = columnsOf(text);
        if (column + columns > COLUMNS) {
          line += 1;
          column = 0;
        }
        if (columns > 0) pieces.push({ text, column, line, columns, band });
        column += columns;
      }
    }
  }
  return pieces;
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A row in pieces that fit a line, the first of them into what is left of one if it is not one word. */
function chunks(row: string, left: number): string[] {
  if (columnsOf(row) <= Math.max(left, COLUMNS / 2)) return [row];
  const found: string[] = [];
  let piece = "";
  let room = left;
  for (const { segment } of GRAPHEMES.segment(row)) {
    if (columnsOf(piece + segment) > room) {
      found.push(piece);
      piece = "";
      room = COLUMNS;
    }
    piece += segment;
  }
  return [...found, piece];
}

/** Cells that a text takes: two for what East Asian fonts and emoji fonts set wide. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    columns +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return columns;
}

function mark({ text, column, line, columns, band }: Piece, top: number, fills: readonly string[]): string {
  const x = round(MARGIN + column * CELL);
  const y = top + line * LINE;
  const width = round(columns * CELL);
  const box =
    band === null || band === 5
      ? ""
      : `<rect x="${x}" y="${y - 6}" width="${width}" height="${LINE - 4}" fill="${fills[band]}"/>`;
  const letters = `<text x="${x}" y="${y + 8}" textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escapeXml(text)}</text>`;
  return `${box}${letters}${band === null ? "" : underline(band, x, y + 12, width)}`;
}

function underline(band: Band, x: number, y: number, width: number): string {
  const style = BAND_LINES[band];
  if (style === null) return "";
  const line = (at: number) =>
    `<line x1="${x}" x2="${round(x + width)}" y1="${at}" y2="${at}" stroke="currentColor" stroke-width="1.2"${DASHES[style] === "" ? "" : ` stroke-dasharray="${DASHES[style]}"`}/>`;
  return style === "double" ? `${line(y)}${line(y + 2.5)}` : line(y);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What XML cannot hold at all is shown as a replacement character. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
