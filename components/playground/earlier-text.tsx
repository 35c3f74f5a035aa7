/** What an answer goes on from, where the run that wrote it is gone: its words are sent along, its numbers are lost. */
export function EarlierText({ text }: { text: string }) {
  return (
    <details className="text-sm text-muted">
      <summary className="cursor-pointer">
        This answer goes on from {text.length.toLocaleString("en")} characters of a run that is not in the
        history
      </summary>
      <p className="mt-2 whitespace-pre-wrap border-l-2 border-line pl-3" dir="auto">
        {text}
      </p>
    </details>
  );
}
