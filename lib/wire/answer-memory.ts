/**
 * What a parser must remember between the lines of one body. OpenAI's dialects never repeat the whole answer, and
 * their pieces of text may lag behind their tokens (see `align-texts.ts`).
 */
export type AnswerMemory = {
  /** The answer joined from pieces, where the dialect itself does not send it whole. */
  answer: string;
  /** Text of tokens that no piece has shown yet. */
  pending: string;
  /** Token lines of the LMI schema so far. */
  tokenLines: number;
  /** A dialect without any end marker was seen, so the end of the body is the end of the answer. */
  endless: boolean;
  /** An end or an error was seen. */
  over: boolean;
};

export function emptyMemory(): AnswerMemory {
  return { answer: "", pending: "", tokenLines: 0, endless: false, over: false };
}
