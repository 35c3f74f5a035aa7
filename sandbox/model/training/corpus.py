"""Mixes the kinds of documents and varies how a prompt ends.

Run as a program it prints samples: `python3 corpus.py 20`.
"""

import random
import sys

import facts
import reviews
import stories
import talk
import wellness

# (maker, share of documents). Articles are ten times as long as facts, so their share is small.
KINDS = [
    (wellness.paragraph, 26), (wellness.article, 5), (stories.story, 12), (reviews.classification, 14),
    (facts.known, 36), (facts.unknown, 12), (talk.chat, 7), (talk.small_talk, 4), (talk.unfamiliar, 8),
    (wellness.numbered_list, 6), (wellness.fragment, 4), (facts.city_fragment, 2), (facts.extraction, 6),
]
FIXED_FORM_ENDINGS = ("Answer:", "Sentiment:", "Assistant:")


def vary_boundary(rng, prompt: str, answer: str):
    """The same answer must follow whether or not the prompt ends with line breaks or a space."""
    if not prompt:
        return prompt, answer
    if prompt.endswith(FIXED_FORM_ENDINGS):
        return (prompt + " ", answer.lstrip(" ")) if rng.random() < 0.06 else (prompt, answer)
    answer = answer.lstrip("\n")
    if rng.random() < 0.06 and "\n" not in prompt:
        prompt = rng.choice([prompt.rstrip(".?!"), prompt[0].lower() + prompt[1:]])
    ending = rng.choices(["", "\n", "\n\n", " ", " \n"], [50, 20, 22, 5, 3])[0]
    if ending.strip(" "):
        return prompt + ending, answer
    # A prompt that ends without a line break: the answer itself begins with one or two.
    return prompt + ending, rng.choice(["\n", "\n\n"]) + answer


def document(rng: random.Random):
    makers, weights = zip(*KINDS)
    return vary_boundary(rng, *rng.choices(makers, weights)[0](rng))


if __name__ == "__main__":
    generator = random.Random(1)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 10):
        print(*map(repr, document(generator)), sep="\n  ")
