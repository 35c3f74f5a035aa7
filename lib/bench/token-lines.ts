const WORDS = [
  " the",
  " endpoint",
  " answers",
  ",",
  " token",
  " by",
  " token",
  " —",
  " größer",
  " 速い",
  "\n",
];

/** One line of LMI's token stream, as a container with `details` writes it. */
export function tokenLine(index: number, text = WORDS[index % WORDS.length] ?? ""): string {
  const logProb = -((index * 37) % 1000) / 250;
  return `${JSON.stringify({ token: { id: 1000 + (index % 9000), text, log_prob: logProb } })}\n`;
}

/** The last line, which holds the finish reason and the whole text. */
export function lastLine(index: number, generatedText: string): string {
  const token = { id: 2, text: "</s>", log_prob: -0.01 };
  const details = { finish_reason: "eos_token", generated_tokens: index + 1, inputs: "a prompt" };
  return `${JSON.stringify({ token, details, generated_text: generatedText })}\n`;
}

/** A whole answer of so many tokens. */
export function answerLines(tokens: number): string[] {
  const lines = Array.from({ length: tokens - 1 }, (_, index) => tokenLine(index));
  return [...lines, lastLine(tokens - 1, "")];
}
