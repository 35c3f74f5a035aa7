"use client";

import type { ReactNode } from "react";
import { useId, useRef, useState } from "react";
import { FloatingCard } from "./floating-card.tsx";
import { Icon } from "./icons.tsx";
import { useWindowKeys } from "./use-window-keys.ts";

/** Time to travel from the sign to its card before it closes, in ms. */
const TRAVEL_MS = 160;

/** The definition behind a number: opens on hover and on focus, can be hovered itself, closes on Esc. */
export function Definition({ term, children }: { term: string; children: ReactNode }) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  function show(element: Element) {
    clearTimeout(closing.current);
    setAnchor(element);
  }
  function release() {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => {
      setAnchor((open) => (open === document.activeElement ? open : null));
    }, TRAVEL_MS);
  }
  return (
    <>
      <button
        type="button"
        // It stands right behind the name it explains; repeating the name would give two controls one label.
        aria-label="Definition"
        aria-expanded={anchor !== null}
        aria-describedby={anchor ? id : undefined}
        className="inline-grid size-5 place-items-center rounded-full text-xs text-muted hover:bg-sunken hover:text-ink"
        onPointerEnter={(event) => show(event.currentTarget)}
        onPointerLeave={release}
        onFocus={(event) => show(event.currentTarget)}
        onBlur={release}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !anchor) return;
          event.stopPropagation();
          setAnchor(null);
        }}
      >
        <Icon name="info" />
      </button>
      {anchor ? (
        <FloatingCard
          anchor={anchor}
          id={id}
          role="tooltip"
          onPointerEnter={() => show(anchor)}
          onPointerLeave={release}
        >
          <ClosesOnEscape onClose={() => setAnchor(null)} />
          <p className="mb-1 font-semibold">{term}</p>
          <div className="space-y-1.5 text-muted">{children}</div>
        </FloatingCard>
      ) : null}
    </>
  );
}

/** Only an open card listens: a page has a dozen definitions. */
function ClosesOnEscape({ onClose }: { onClose: () => void }) {
  useWindowKeys((event) => {
    if (event.key === "Escape") onClose();
  });
  return null;
}
