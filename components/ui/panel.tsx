import type { ReactNode } from "react";
import { useId } from "react";
import { classNames } from "./class-names.ts";

/** A titled surface. With a title it is a landmark that screen readers can jump to. */
export function Panel({
  title,
  aside,
  children,
  className,
  bodyClassName = "p-4",
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  bodyClassName?: string;
}) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={title ? titleId : undefined}
      className={classNames("rounded-xl border border-line bg-surface", className)}
    >
      {title ? (
        <header className="flex min-h-11 items-center justify-between gap-3 border-b border-line px-4 py-1.5">
          <h2 id={titleId} className="text-sm font-semibold">
            {title}
          </h2>
          {aside}
        </header>
      ) : null}
      <div className={bodyClassName}>{children}</div>
    </section>
  );
}
