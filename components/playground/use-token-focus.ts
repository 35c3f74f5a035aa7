"use client";

import type { FocusEvent, KeyboardEvent, PointerEvent, RefObject } from "react";
import { useRef, useState } from "react";
import { useWindowKeys } from "#components/ui/use-window-keys.ts";
import { useWindowPress } from "#components/ui/use-window-press.ts";
import { stepsBelow } from "./token-marks.ts";

type Current = { index: number; anchor: HTMLElement; pinned: boolean };

/** The card's id: a token reached by keyboard is described by it. */
export const TOKEN_CARD_ID = "token-card";

/** Time to travel from a token to its card before it closes, in ms. */
const TRAVEL_MS = 160;

/** Which token's card is open: by pointer, by keyboard, pinned by click or Enter. */
export function useTokenFocus(
  text: RefObject<HTMLElement | null>,
  /** Tokens below this probability are stops of the bracket keys. */
  below: number,
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
    if (event.key !== "Escape" || !current) return;
    if (document.getElementById(TOKEN_CARD_ID)?.contains(document.activeElement)) focusToken(current.anchor);
    hide();
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
    // Many keyboards write brackets with AltGr or Option.
    const isBracket = event.key === "[" || event.key === "]";
    if (event.metaKey || ((event.ctrlKey || event.altKey) && !isBracket)) return;
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
    if (event.key === "Tab" && !event.shiftKey && current?.pinned) {
      // The card stands at the end of the document; its choices are the next stop all the same.
      const choice = document.getElementById(TOKEN_CARD_ID)?.querySelector("button");
      if (!choice) return;
      event.preventDefault();
      choice.focus();
      return;
    }
    const target = destination(event, text.current, current?.anchor ?? null, below);
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
  below: number,
): HTMLElement | null {
  if (!text) return null;
  const all = [...text.querySelectorAll<HTMLElement>(".token[data-index]")].filter(isVisible);
  const position = from ? all.indexOf(from) : -1;
  const behind = all.slice(position + 1);
  const before = all.slice(0, Math.max(0, position));
  const isStop = event.shiftKey ? startsWord : () => true;
  switch (directed(event.key, from ?? text)) {
    case "next":
      return behind.find(isStop) ?? null;
    case "previous":
      return before.findLast(isStop) ?? all[0] ?? null;
    case "Home":
      return all[0] ?? null;
    case "End":
      return all.at(-1) ?? null;
    case "]":
      return behind.find((token) => isUnsure(token, below)) ?? null;
    case "[":
      return before.findLast((token) => isUnsure(token, below)) ?? null;
    default:
      return null;
  }
}

/** Right is forward where the text runs to the right, and back where it runs to the left. */
function directed(key: string, place: HTMLElement): string {
  if (key === "ArrowDown") return "next";
  if (key === "ArrowUp") return "previous";
  if (key !== "ArrowLeft" && key !== "ArrowRight") return key;
  const runsLeft = /[\u0590-\u08ff\ufb1d-\ufefc]/.test(place.textContent?.slice(0, 64) ?? "");
  return (key === "ArrowRight") === runsLeft ? "previous" : "next";
}

/** Marks of special tokens are not drawn in every view. */
function isVisible(token: HTMLElement): boolean {
  return token.dataset.special === undefined || token.closest("[data-heat=off]") === null;
}

function startsWord(token: HTMLElement): boolean {
  return token.dataset.word !== undefined;
}

function isUnsure({ dataset }: HTMLElement, below: number): boolean {
  return dataset.step !== undefined && Number(dataset.step) < stepsBelow(below);
}
