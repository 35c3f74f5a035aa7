/** Prompts that show what the page is for, and what to look at when they are run. */
export const EXAMPLES = [
  {
    label: "A paragraph",
    prompt: "Write a short paragraph about the benefits of exercising regularly.",
    shows: "Words the model weighed glow; the endings it was sure of stay bare.",
  },
  {
    label: "A long article",
    prompt: "Write a long article about walking.",
    shows: "Often cut at the token limit: continue it, or let auto-continue do so.",
  },
  {
    label: "A story",
    prompt: "Tell me a story about a fox.",
    shows: "Names and turns are free choices: see what else was weighed there.",
  },
  {
    label: "A fact",
    prompt: "Question: What is the capital of France?\nAnswer:",
    shows: "Something learned by heart: hardly any colour, high confidence.",
  },
  {
    label: "A guess",
    prompt: "Question: What is the capital of Zorvania?\nAnswer:",
    shows: "Nothing to know here: the answer comes, and its colours warn of it.",
  },
  {
    label: "A label",
    prompt: "Review: The soup was cold and the waiter ignored us.\nSentiment:",
    shows: "A classification: the label's probability is the score of the class.",
  },
] as const;
