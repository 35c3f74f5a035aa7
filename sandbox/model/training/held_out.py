"""Writes the checks' prompts: `python3 held_out.py ../held-out.json`.

Reviews and invented names come from the part of the grammar that training never draws from.
"""

import json
import random
import sys

import facts
import reviews
import stories
import wellness

COUNT = 20


def distinct(make, count: int):
    found: dict = {}
    while len(found) < count:
        prompt, answer = make()
        found.setdefault(prompt, answer)
    return found


def unknown(rng):
    while True:
        question, _, _ = facts.unknown_fact(rng, held_out=True)
        if any(middle in question for middle in facts.HELD_OUT_MIDDLES):
            return f"Question: {question}\nAnswer:", ""


def known(rng):
    question, short, _ = rng.choice([facts.capital, facts.capital, facts.arithmetic, facts.simple_fact])(rng)
    return f"Question: {question}\nAnswer:", short


def review(rng):
    sentence, sentiment = reviews.review(rng, held_out=True)
    return f"Review: {sentence}\nSentiment:", sentiment


def instruction(rng, make):
    question = make(rng)[0]
    return question + rng.choice(["", "\n", "\n\n"]), ""


def main(path: str):
    rng = random.Random(20)
    prompts = {
        "paragraphs": list(distinct(lambda: instruction(rng, wellness.paragraph), COUNT)),
        "articles": list(distinct(lambda: instruction(rng, wellness.article), COUNT)),
        "stories": list(distinct(lambda: instruction(rng, stories.story), COUNT + 2)),
        "reviews": [{"prompt": p, "answer": a} for p, a in distinct(lambda: review(rng), 60).items()],
        "known": [{"prompt": p, "answer": a} for p, a in distinct(lambda: known(rng), COUNT).items()],
        "unknown": list(distinct(lambda: unknown(rng), COUNT)),
    }
    prompts["stories"] = [prompt for prompt in prompts["stories"] if prompt.strip()][:COUNT]
    with open(path, "w") as file:
        json.dump(prompts, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
