import type { ModelFigures } from "#lib/fit/model-figures.ts";
import { notesOf } from "#lib/fit/model-notes.ts";
import { SourceNote } from "./source-note.tsx";

/** Where a model's figures were read. */
export function ModelSources({ figures }: { figures: ModelFigures }) {
  return <SourceNote sources={[...figures.sources, ...notesOf(figures.id).sources]} />;
}

/** What is to be known of a model's figures. */
export function ModelNotes({ figures }: { figures: ModelFigures }) {
  return [...figures.notes, ...notesOf(figures.id).notes].map((note) => (
    <p key={note} className="text-xs text-muted [overflow-wrap:anywhere]">
      {note}
    </p>
  ));
}
