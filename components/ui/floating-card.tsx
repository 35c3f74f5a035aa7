"use client";

import type { ReactNode } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { placeCard } from "./place-card.ts";

/** A card beside an element of the page. The caller decides when it is there; this only finds its place. */
export function FloatingCard({
  anchor,
  children,
  ...rest
}: {
  anchor: Element;
  children: ReactNode;
  id?: string;
  role?: string;
  "aria-label"?: string;
  onPointerEnter?: () => void;
  onPointerLeave?: () => void;
}) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);

  // Layout can only be measured once the card is in the document: the external system here is the browser's layout.
  useLayoutEffect(() => {
    function measure() {
      if (!card.current) return;
      const size = { width: card.current.offsetWidth, height: card.current.offsetHeight };
      const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
      // A token broken over two lines has two boxes; the first is where reading meets it.
      const box = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
      setPlace(placeCard(box, size, viewport));
    }
    measure();
    window.addEventListener("scroll", measure, true);
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("scroll", measure, true);
      window.removeEventListener("resize", measure);
    };
  }, [anchor]);

  return createPortal(
    <div
      ref={card}
      {...rest}
      className="fixed z-50 w-80 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised p-3 text-sm shadow-lg shadow-[var(--shadow)]"
      style={place ? { left: place.left, top: place.top } : { visibility: "hidden", left: 0, top: 0 }}
    >
      {children}
    </div>,
    document.body,
  );
}
