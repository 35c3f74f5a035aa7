"use client";

import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { classNames } from "./class-names.ts";

/** A modal on the browser's own dialog element: focus is trapped, Esc closes, the page behind is inert. */
export function Dialog({
  title,
  open,
  wide = false,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  /** For content that is read, such as code. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // showModal is only a method: the external system is the browser's top layer.
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className={classNames(
        "m-auto max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-raised p-5 text-ink shadow-xl",
        "backdrop:bg-black/50",
        wide ? "w-[52rem]" : "w-[30rem]",
      )}
    >
      <h2 id={titleId} className="text-lg font-semibold [overflow-wrap:anywhere]">
        {title}
      </h2>
      {open ? <div className="mt-3 space-y-4 text-sm">{children}</div> : null}
    </dialog>
  );
}
