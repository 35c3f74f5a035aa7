/**
 * What a parser must remember between the lines of one body. OpenAI's dialects never repeat the whole answer, and
 * their pieces of text may lag behind their tokens (see `align-texts.ts`).
 */
export type AnswerMemory = ChoiceMemory & {
  /** The same of every further answer to the prompt, by its index. */
  others: Map<number, ChoiceMemory>;
  /** Token lines of the LMI schema so far. */
  tokenLines: number;
  /** A dialect without any end marker was seen, so the end of the body is the end of the answer. */
  endless: boolean;
  /** An end or an error was seen. */
  over: boolean;
};

/** Of one answer. */
export type ChoiceMemory = {
  /** The answer joined from pieces, where the dialect itself does not send it whole. */
  answer: string;
  /** Text of tokens that no piece has shown yet. */
  pending: string;
};

export function emptyMemory(): AnswerMemory {
  return { answer: "", pending: "", others: new Map(), tokenLines: 0, endless: false, over: false };
}

/** What is remembered of the answer with this index; 0 is the first. */
export function memoryOfChoice(memory: AnswerMemory, choice: number): ChoiceMemory {
  if (choice === 0) return memory;
  const known = memory.others.get(choice);
  if (known !== undefined) return known;
  const fresh = { answer: "", pending: "" };
  memory.others.set(choice, fresh);
  return fresh;
}
