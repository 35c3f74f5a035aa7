import { Definition } from "#components/ui/definition.tsx";
import { Field, TextArea } from "#components/ui/field.tsx";
import { PLAIN_STOP, PLAIN_TEMPLATE } from "#lib/run/plain-template.ts";

/** What a chat has besides its next message: the system prompt, and how it is written for the container. */
export function ChatFields({
  system,
  onSystem,
  plainText,
  onPlainText,
  acceptsMessages,
}: {
  system: string;
  onSystem: (system: string) => void;
  plainText: boolean;
  onPlainText: (plainText: boolean) => void;
  /** Null while nobody knows. */
  acceptsMessages: boolean | null;
}) {
  const asText = plainText || acceptsMessages === false;
  return (
    <div className="space-y-3">
      <Field label="System prompt">
        {(ids) => (
          <TextArea
            {...ids}
            rows={2}
            className="resize-y"
            placeholder="Optional: how the model should behave."
            value={system}
            onChange={(event) => onSystem(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <span>
          {asText ? "Sent as plain text in " : "Sent as "}
          <code className="font-mono">{asText ? "inputs" : "messages"}</code>
          {acceptsMessages === false ? ": this container has no chat." : "."}
        </span>
        <Definition term="How a chat is sent">
          <p>
            As messages, the container applies the model's own chat template. As plain text, the chat is
            written out like this, and the answer ends before <code>{JSON.stringify(PLAIN_STOP)}</code>:
          </p>
          <pre className="whitespace-pre-wrap font-mono text-xs">{PLAIN_TEMPLATE}</pre>
          <p>A model that was trained on another template answers worse to it.</p>
        </Definition>
        {acceptsMessages === false ? null : (
          <label className="ml-auto inline-flex items-center gap-1.5">
            <input
              type="checkbox"
              className="size-3.5 accent-(--accent)"
              checked={plainText}
              onChange={(event) => onPlainText(event.target.checked)}
            />
            As plain text
          </label>
        )}
      </div>
    </div>
  );
}
