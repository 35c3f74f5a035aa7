import topics from "./training/data/topics.json" with { type: "json" };
import templates from "./training/data/wellness.json" with { type: "json" };

type Topic = (typeof topics)[number];
type TopicCount = { own: number; foreign: number };

/** Lower case words between single spaces, so that a phrase is found as whole words. */
function plainWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\s]/gu, " ")
    .trim()
    .split(/\s+/)
    .join(" ")} `;
}

function phrasesOf(topic: Topic): string[] {
  // The grammar inflects the first word ("lift", "lifts", "lifting"), so only the rest is looked for.
  const tails = [...topic.body, ...topic.mind, ...topic.tip].map((phrase) => phrase.replace(/^\S+ /, ""));
  return [...tails, ...topic.trouble, topic.need].map(plainWords);
}

function namesOf(topic: Topic): string[] {
  return [...topic.name, ...topic.alias, topic.do].map(plainWords);
}

/** What is said of every topic alike: without its braces each template is its own words, one choice after the other. */
const COMMON = plainWords(JSON.stringify(templates));

/** The phrases by which each topic is known: those that neither another topic nor a text about any topic contains. */
const MARKS = topics.map((topic) => {
  const foreign = topics.flatMap((other) =>
    other === topic ? [] : [...phrasesOf(other), ...namesOf(other)],
  );
  return phrasesOf(topic).filter((phrase) => ![COMMON, ...foreign].some((words) => words.includes(phrase)));
});

/** The topic with the longest name in the prompt ("green tea" is no glass of water); -1 for none. */
function findTopic(prompt: string): number {
  const words = plainWords(prompt);
  const lengths = topics.map((topic) =>
    Math.max(...namesOf(topic).map((name) => (words.includes(name) ? name.length : 0))),
  );
  const longest = Math.max(...lengths);
  return longest === 0 ? -1 : lengths.indexOf(longest);
}

/** How many phrases of the prompt's own topic a text has, and how many of all others. */
export function countTopicPhrases(prompt: string, text: string): TopicCount {
  const words = plainWords(text);
  const counts = MARKS.map((marks) => marks.filter((mark) => words.includes(mark)).length);
  const own = counts[findTopic(prompt)] ?? 0;
  return { own, foreign: counts.reduce((sum, count) => sum + count, 0) - own };
}
