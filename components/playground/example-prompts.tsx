import { Button } from "#components/ui/button.tsx";
import { EXAMPLES } from "./examples.ts";

/** Prompts that show what the page is for, one click away. */
export function ExamplePrompts({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-0.5 gap-y-1">
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
