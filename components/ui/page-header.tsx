import type { ReactNode } from "react";

export function PageHeader({
  title,
  above,
  children,
  action,
}: {
  title: ReactNode;
  /** The way back to what this page is one of. */
  above?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
      <div className="min-w-0">
        {above ? <div className="mb-1 text-sm text-muted">{above}</div> : null}
        <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {children ? <div className="mt-1 text-sm text-muted">{children}</div> : null}
      </div>
      {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
