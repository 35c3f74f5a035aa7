/** How one unit of the running text is drawn. `lead` and `text` together are its text, to the last character. */
export type PreparedUnit<Unit> = {
  unit: Unit;
  /** The spaces before a word: drawn bare, since a coloured space clings to the word before or to the line's end. */
  lead: string;
  text: string;
  /** What makes line ends visible, one sign for each; null where there is something to see already. */
  mark: string | null;
  /** What stands for tabs, and for spaces where there is nothing else, while white space is shown; else null. */
  spaces: string | null;
  /** Whether a reader who goes word by word stops here. */
  startsWord: boolean;
  /** Line ends before the first word: shown by their marks alone, so that the answer begins at the top. */
  isOpening: boolean;
};

/**
 * Decides for each unit of a block what is coloured and what is marked. `before` is the text in front of the
 * block, null where the block begins the answer.
 */
export function prepareUnits<Unit extends { text: string }>(
  units: readonly Unit[],
  before: string | null,
): PreparedUnit<Unit>[] {
  let isBeforeText = before === null;
  let last = before ?? "";
  return units.map((unit) => {
    const startsWord =
      /\S/.test(unit.text) && (last === "" || /^\s|^\p{Script=Han}/u.test(unit.text) || /\s$/.test(last));
    if (unit.text !== "") last = unit.text;
    isBeforeText &&= unit.text.trim() === "";
    const lineEnds = unit.text.trim() === "" ? (unit.text.match(/\n/g)?.length ?? 0) : 0;
    const lead = /^ +(?=\S)/.exec(unit.text)?.[0] ?? "";
    return {
      unit,
      lead,
      text: unit.text.slice(lead.length),
      mark: lineEnds > 0 ? "↵".repeat(lineEnds) : null,
      spaces: spacesOf(unit.text),
      startsWord,
      isOpening: isBeforeText && lineEnds > 0,
    };
  });
}

/** `→` for a tab, `·×12` for spaces, as they follow one another; null where words say enough. */
function spacesOf(text: string): string | null {
  if (text === "" || /[^ \t\u00a0]/.test(text)) return text.includes("\t") ? "→" : null;
  return text.replace(/\t+|[ \u00a0]+/g, (run) => {
    if (run.startsWith("\t")) return "→".repeat(run.length);
    return run.length > 3 ? `·×${run.length}` : "·".repeat(run.length);
  });
}
