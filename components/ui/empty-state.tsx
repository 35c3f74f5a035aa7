import type { ReactNode } from "react";

export function EmptyState({
  title,
  level: Heading = "h2",
  children,
  action,
}: {
  title: string;
  /** `h1` where this is all there is on the page. */
  level?: "h1" | "h2";
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <Heading
        className={Heading === "h1" ? "text-2xl font-semibold tracking-tight" : "text-base font-semibold"}
      >
        {title}
      </Heading>
      {children ? <div className="max-w-md text-sm text-muted">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
