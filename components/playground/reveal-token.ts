/** Brings a token of the answer into sight and focuses the unit it is drawn in, which opens its card. */
export function revealToken(index: number): void {
  const drawn = [...document.querySelectorAll<HTMLElement>(".tokens .token[data-index]")];
  // A unit of several tokens carries the index of its first.
  const unit = drawn.findLast((element) => Number(element.dataset.index) <= index);
  if (unit === undefined) return;
  unit.tabIndex = -1;
  unit.scrollIntoView({ block: "center" });
  unit.focus({ preventScroll: true });
}
