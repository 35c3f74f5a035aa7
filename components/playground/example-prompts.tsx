import { Button } from "#components/ui/button.tsx";

const EXAMPLES = [
  { label: "A paragraph", prompt: "Write a short paragraph about the benefits of exercising regularly." },
  { label: "A long article", prompt: "Write a long article about walking." },
  { label: "A story", prompt: "Tell me a story about a fox." },
  { label: "A fact", prompt: "Question: What is the capital of France?\nAnswer:" },
  { label: "A guess", prompt: "Question: What is the capital of Zorvania?\nAnswer:" },
  { label: "A label", prompt: "Review: The soup was cold and the waiter ignored us.\nSentiment:" },
] as const;

/** Prompts that show what the page is for, one click away. */
export function ExamplePrompts({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-1">
      <span className="text-xs text-muted">Try</span>
      {EXAMPLES.map((example) => (
        <Button key={example.label} look="quiet" size="small" onClick={() => onPick(example.prompt)}>
          {example.label}
        </Button>
      ))}
    </div>
  );
}
