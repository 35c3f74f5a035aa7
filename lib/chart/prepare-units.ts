/** How one unit of the running text is drawn. `lead` and `text` together are its text, to the last character. */
export type PreparedUnit<Unit> = {
  unit: Unit;
  /** The spaces before a word: drawn bare, since a coloured space clings to the word before or to the line's end. */
  lead: string;
  text: string;
  /** What makes line ends visible, one sign for each; null where there is something to see already. */
  mark: string | null;
  /** Line ends before the first word: shown by their marks alone, so that the answer begins at the top. */
  isOpening: boolean;
};

/** Decides for each unit of a block what is coloured and what is marked. `isFirst`: the block begins the answer. */
export function prepareUnits<Unit extends { text: string }>(
  units: readonly Unit[],
  isFirst: boolean,
): PreparedUnit<Unit>[] {
  let isBeforeText = isFirst;
  return units.map((unit) => {
    isBeforeText &&= unit.text.trim() === "";
    const lineEnds = unit.text.trim() === "" ? (unit.text.match(/\n/g)?.length ?? 0) : 0;
    const lead = /^ +(?=\S)/.exec(unit.text)?.[0] ?? "";
    return {
      unit,
      lead,
      text: unit.text.slice(lead.length),
      mark: lineEnds > 0 ? "↵".repeat(lineEnds) : null,
      isOpening: isBeforeText && lineEnds > 0,
    };
  });
}
