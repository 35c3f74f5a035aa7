"""Small talk, polite answers to what the model cannot know, and the plain chat form."""

import json
from pathlib import Path

import facts
import reviews
import stories
import wellness
from grammar import Writer

POOLS = json.loads((Path(__file__).parent / "data" / "talk.json").read_text())


def small_talk(rng):
    questions, answers = rng.choice(POOLS["small_talk"])
    return rng.choice(questions), "\n" + Writer(rng, {}).text(rng.choice(answers))


def unfamiliar(rng):
    writer = Writer(rng, POOLS)
    # What somebody asks about is rarely in a list, so half of the subjects have to be copied.
    subject = rng.choice([*rng.sample(POOLS["subject"], 3), f"{rng.choice(POOLS['kind'])} {rng.choice(POOLS['matter'])}",
                          facts.word(rng, "city_end"), facts.free_word(rng)])
    writer.slots["subject"] = subject
    writer.slots["about"] = [subject, subject, "this", "that"]
    question = writer.sentence("request")
    pools = rng.choice([["apology", "offer"], ["apology", "offer", "offer"], ["apology", "apology", "offer"]])
    return question, "\n" + writer.sentences(*pools)


TURNS = [(small_talk, 4), (unfamiliar, 3), (wellness.paragraph, 5), (facts.known, 5), (facts.unknown, 2),
         (stories.story, 2), (wellness.numbered_list, 2), (reviews.classification, 1), (wellness.article, 0.7)]


def chat(rng):
    """One to three turns; the answer that is asked for is the last one."""
    makers, weights = zip(*TURNS)
    text = ""
    turns = rng.choice([1, 1, 2, 2, 3])
    for turn in range(turns):
        question, answer = rng.choices(makers, weights)[0](rng)
        if question.startswith("Question: ") and question.count("\n") == 1:
            question = question[len("Question: "):].split("\n")[0]
        question = question or "Tell me a story."
        prompt = f"{text}User: {question.strip()}\nAssistant:"
        answer = " " + answer.strip()
        text = f"{prompt}{answer}\n"
    return prompt, answer
