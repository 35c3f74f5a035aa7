/** Tokens of the run from the first to the last, both included, by index. */
export type Stretch = { first: number; last: number };

/** The units of the answer as they are drawn, in the order of the text. */
function drawnUnits(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>("#answer-text .token[data-index]");
}

/** The unit that shows a token: a unit of several tokens carries the index of its first. */
function unitOf(units: NodeListOf<HTMLElement>, index: number): HTMLElement | null {
  let low = 0;
  let high = units.length - 1;
  let found: HTMLElement | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const unit = units[middle];
    if (unit === undefined) break;
    if (Number(unit.dataset.index) <= index) {
      found = unit;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** Brings a token of the answer into sight and focuses the unit it is drawn in, which opens its card. */
export function revealToken(index: number): void {
  const unit = unitOf(drawnUnits(), index);
  if (unit === null) return;
  unit.tabIndex = -1;
  unit.scrollIntoView({ block: "center" });
  unit.focus({ preventScroll: true });
}

/**
 * Marks stretches of the answer under a name that the style sheet knows, without touching its elements; none
 * takes the mark away. Where a browser has no custom highlights nothing is marked: lists and cards say the same.
 */
export function highlightStretches(name: string, stretches: readonly Stretch[]): void {
  if (!("highlights" in CSS)) return;
  const units = stretches.length === 0 ? null : drawnUnits();
  const ranges = stretches.flatMap(({ first, last }) => {
    const [from, to] = units === null ? [null, null] : [unitOf(units, first), unitOf(units, last)];
    if (from === null || to === null) return [];
    const range = new Range();
    range.setStart(from, 0);
    range.setEnd(to, to.childNodes.length);
    return [range];
  });
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
  // The style sheet asks which marks there are, so that tokens of a text without any are drawn quickly.
  document
    .querySelector("#answer-text")
    ?.setAttribute("data-stretches", [...CSS.highlights.keys()].join(" "));
}
