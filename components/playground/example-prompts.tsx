import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { EXAMPLES } from "./examples.ts";

/** Prompts that show what the page is for, one click away. */
export function ExamplePrompts({
  onPick,
  isIdle,
}: {
  onPick: (prompt: string) => void;
  /** Nothing was asked yet: wide pages show the same prompts where the answer will be. */
  isIdle: boolean;
}) {
  return (
    <div className={classNames("flex flex-wrap items-center gap-x-0.5 gap-y-1", isIdle && "lg:hidden")}>
      <span className="mr-1 text-xs text-muted">Try</span>
      {EXAMPLES.map((example) => (
        <Button
          key={example.label}
          look="quiet"
          size="small"
          className="px-1.5"
          onClick={() => onPick(example.prompt)}
        >
          {example.label}
        </Button>
      ))}
    </div>
  );
}
