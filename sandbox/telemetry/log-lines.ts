import { z } from "zod";
import { parseJson } from "../json.ts";

/** A line of a log stream; times in milliseconds. `id` orders lines of the same moment. */
type LogLine = {
  readonly id: number;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
  readonly at: number;
  readonly ingestedAt: number;
  readonly message: string;
};

const schema = z.object({
  id: z.number(),
  region: z.string(),
  group: z.string(),
  stream: z.string(),
  at: z.number(),
  ingestedAt: z.number(),
  message: z.string(),
});

export type LogLines = {
  add(line: Omit<LogLine, "id">): void;
  /** The lines of a region's groups whose names pass, in the order in which they came. */
  read(region: string, wanted: (group: string) => boolean): LogLine[];
  /** Drops the lines that fit, and says whether there were any. */
  remove(fits: (line: LogLine) => boolean): boolean;
  takeChanges(): string[];
  /** Lines with everything that is kept: the newest, at most `limit` characters of messages. */
  compact(limit: number): string[];
  load(lines: readonly string[]): void;
  clear(): void;
};

/** No lines at all. */
export function createLogLines(): LogLines {
  let lines: LogLine[] = [];
  let changes: LogLine[] = [];
  let last = 0;
  return {
    add(line) {
      last += 1;
      const added = { id: last, ...line };
      lines.push(added);
      changes.push(added);
    },
    read: (region, wanted) => lines.filter((line) => line.region === region && wanted(line.group)),
    remove(fits) {
      const kept = lines.filter((line) => !fits(line));
      const removed = kept.length < lines.length;
      lines = kept;
      changes = changes.filter((line) => !fits(line));
      return removed;
    },
    takeChanges() {
      const taken = changes.map((line) => JSON.stringify(line));
      changes = [];
      return taken;
    },
    compact(limit) {
      let size = 0;
      const from = lines.findLastIndex((line) => {
        size += line.message.length + 100;
        return size > limit;
      });
      lines = lines.slice(from + 1);
      changes = [];
      return lines.map((line) => JSON.stringify(line));
    },
    load(texts) {
      for (const text of texts) {
        const parsed = schema.safeParse(parseJson(text));
        if (!parsed.success) continue;
        lines.push(parsed.data);
        last = Math.max(last, parsed.data.id);
      }
    },
    clear() {
      lines = [];
      changes = [];
    },
  };
}
