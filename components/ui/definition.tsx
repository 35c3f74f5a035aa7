"use client";

import type { ReactNode } from "react";
import { useId, useState } from "react";
import { FloatingCard } from "./floating-card.tsx";
import { Icon } from "./icons.tsx";

/** The definition behind a number: opens on hover and on focus, can be hovered itself, closes on Esc. */
export function Definition({ term, children }: { term: string; children: ReactNode }) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const id = useId();
  return (
    <>
      <button
        type="button"
        // It stands right behind the name it explains; repeating the name would give two controls one label.
        aria-label="Definition"
        aria-expanded={anchor !== null}
        aria-describedby={anchor ? id : undefined}
        className="inline-grid size-5 place-items-center rounded-full text-xs text-muted hover:bg-sunken hover:text-ink"
        onPointerEnter={(event) => setAnchor(event.currentTarget)}
        onPointerLeave={(event) => {
          if (document.activeElement !== event.currentTarget) setAnchor(null);
        }}
        onFocus={(event) => setAnchor(event.currentTarget)}
        onBlur={() => setAnchor(null)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !anchor) return;
          event.stopPropagation();
          setAnchor(null);
        }}
      >
        <Icon name="info" />
      </button>
      {anchor ? (
        <FloatingCard anchor={anchor} id={id} role="tooltip">
          <p className="mb-1 font-semibold">{term}</p>
          <div className="space-y-1.5 text-muted">{children}</div>
        </FloatingCard>
      ) : null}
    </>
  );
}
