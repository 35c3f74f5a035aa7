type Box = { left: number; top: number; right: number; bottom: number };
type Size = { width: number; height: number };

const GAP = 8;
const MARGIN = 12;

/**
 * Where a floating card goes, in CSS pixels of the viewport: below its anchor, above where there is no room,
 * never covering the anchor, never outside the window (WCAG 1.4.13).
 */
export function placeCard(anchor: Box, card: Size, viewport: Size): { left: number; top: number } {
  const roomBelow = viewport.height - anchor.bottom - GAP - MARGIN;
  const roomAbove = anchor.top - GAP - MARGIN;
  const below = roomBelow >= card.height || roomBelow >= roomAbove;
  const top = below ? anchor.bottom + GAP : Math.max(MARGIN, anchor.top - GAP - card.height);
  const widest = viewport.width - card.width - MARGIN;
  const left = Math.max(MARGIN, Math.min(anchor.left, widest));
  return { left, top };
}
