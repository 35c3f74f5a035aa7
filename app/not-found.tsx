import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <EmptyState
      level="h1"
      title="There is no such page"
      action={
        <Link href="/endpoints" className={buttonClass("primary")}>
          Go to the endpoints
        </Link>
      }
    >
      The address may be mistyped, or what it named has been deleted.
    </EmptyState>
  );
}
