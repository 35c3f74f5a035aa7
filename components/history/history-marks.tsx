"use client";

import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input, TextArea } from "#components/ui/field.tsx";
import type { HistoryEntry } from "#lib/history/history-entry.ts";

/** Tags and notes of a run, as text until they are kept. */
export function HistoryMarks({
  entry,
  onMark,
}: {
  entry: HistoryEntry;
  onMark: (marks: { tags: string[]; notes: string }) => void;
}) {
  const [tags, setTags] = useState(entry.tags.join(", "));
  const [notes, setNotes] = useState(entry.notes);
  function keep(event: FormEvent) {
    event.preventDefault();
    const named = tags.split(",").map((tag) => tag.trim());
    onMark({ tags: [...new Set(named.filter((tag) => tag !== ""))], notes });
  }
  return (
    <form onSubmit={keep} className="max-w-xl space-y-2 pt-2">
      <Field label="Tags" hint="Separated by commas.">
        {(ids) => <Input {...ids} value={tags} onChange={(event) => setTags(event.target.value)} />}
      </Field>
      <Field label="Notes">
        {(ids) => (
          <TextArea {...ids} rows={3} value={notes} onChange={(event) => setNotes(event.target.value)} />
        )}
      </Field>
      <Button type="submit" size="small">
        Keep
      </Button>
    </form>
  );
}
