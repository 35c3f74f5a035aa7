"use client";

import type { FocusEvent, KeyboardEvent, PointerEvent, RefObject } from "react";
import { useRef, useState } from "react";
import { useWindowKeys } from "#components/ui/use-window-keys.ts";
import { useWindowPress } from "#components/ui/use-window-press.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";

type Current = { index: number; anchor: HTMLElement; pinned: boolean };

/** The card's id: a token reached by keyboard is described by it. */
export const TOKEN_CARD_ID = "token-card";

/** Time to travel from a token to its card before it closes, in ms. */
const TRAVEL_MS = 160;
/** Tokens below this probability are stops of the bracket keys: the same half at which underlines begin. */
const UNSURE_LOG_PROB = Math.log(0.5);

/** Which token's card is open: by pointer, by keyboard, pinned by click or Enter. */
export function useTokenFocus(
  text: RefObject<HTMLElement | null>,
  tokens: readonly TokenEvent[],
  onCurrent: (index: number | null) => void,
) {
  const [current, setCurrent] = useState<Current | null>(null);
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);

  function show(anchor: HTMLElement, pinned: boolean) {
    clearTimeout(closing.current);
    setCurrent({ index: Number(anchor.dataset.index), anchor, pinned });
    onCurrent(Number(anchor.dataset.index));
  }
  function hide() {
    clearTimeout(closing.current);
    setCurrent(null);
    onCurrent(null);
  }
  function release() {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => setCurrent((open) => (open?.pinned ? open : null)), TRAVEL_MS);
  }
  function keep() {
    clearTimeout(closing.current);
  }

  // A card that only the pointer opened must close without the pointer leaving (WCAG 1.4.13), and a finger, which
  // has no Esc, closes one by tapping beside it.
  useWindowKeys((event) => {
    if (event.key === "Escape" && current) hide();
  });
  useWindowPress((target) => {
    const isInside = tokenOf(target) !== null || target.closest(`#${TOKEN_CARD_ID}`) !== null;
    if (current?.pinned && !isInside) hide();
  });

  function focusToken(anchor: HTMLElement) {
    // Real focus, so that a screen reader reads the token; it is the only element with it, not a tab stop.
    anchor.tabIndex = -1;
    anchor.focus({ preventScroll: false });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && current) {
      event.stopPropagation();
      hide();
      text.current?.focus();
      return;
    }
    if ((event.key === "Enter" || event.key === " ") && current) {
      event.preventDefault();
      setCurrent({ ...current, pinned: !current.pinned });
      return;
    }
    const target = destination(event, text.current, current?.anchor ?? null, tokens);
    if (!target) return;
    event.preventDefault();
    focusToken(target);
  }

  const handlers = {
    onKeyDown,
    onFocus(event: FocusEvent<HTMLElement>) {
      // A chart or a list of weak spans leads here by focus alone.
      const anchor = tokenOf(event.target);
      if (!anchor || current?.anchor === anchor) return;
      anchor.setAttribute("aria-describedby", TOKEN_CARD_ID);
      show(anchor, false);
    },
    onPointerOver(event: PointerEvent<HTMLElement>) {
      const anchor = tokenOf(event.target);
      if (anchor && !current?.pinned) show(anchor, false);
    },
    onPointerLeave: release,
    onPointerOut: release,
    onClick(event: { target: EventTarget }) {
      const anchor = tokenOf(event.target);
      if (!anchor) return;
      // Selecting text also ends in a click; a selection is not a wish to pin a card.
      if (window.getSelection()?.isCollapsed === false) return;
      if (current?.pinned && current.anchor === anchor) hide();
      else show(anchor, true);
    },
    onBlur(event: FocusEvent<HTMLElement>) {
      if (!text.current?.contains(event.relatedTarget)) release();
    },
  };
  return { current, handlers, keep, release };
}

function tokenOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".token[data-index]") : null;
}

/** The token a key leads to, in the order of the text. */
function destination(
  event: KeyboardEvent<HTMLElement>,
  text: HTMLElement | null,
  from: HTMLElement | null,
  tokens: readonly TokenEvent[],
): HTMLElement | null {
  if (!text) return null;
  const all = [...text.querySelectorAll<HTMLElement>(".token[data-index]")];
  const position = from ? all.indexOf(from) : -1;
  switch (event.key) {
    case "ArrowRight":
    case "ArrowDown":
      return all[position + 1] ?? null;
    case "ArrowLeft":
    case "ArrowUp":
      return all[Math.max(0, position - 1)] ?? null;
    case "Home":
      return all[0] ?? null;
    case "End":
      return all.at(-1) ?? null;
    case "]":
      return all.slice(position + 1).find((token) => isUnsure(token, tokens)) ?? null;
    case "[":
      return all.slice(0, Math.max(0, position)).findLast((token) => isUnsure(token, tokens)) ?? null;
    default:
      return null;
  }
}

function isUnsure(token: HTMLElement, tokens: readonly TokenEvent[]): boolean {
  const logProb = tokens[Number(token.dataset.index)]?.logProb ?? null;
  return logProb !== null && logProb < UNSURE_LOG_PROB;
}
