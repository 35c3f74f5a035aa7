"""Simple stories: one hero, one helper, one small adventure, an ending."""

import json
from pathlib import Path

import facts
from grammar import Writer, capitalise

POOLS = json.loads((Path(__file__).parent / "data" / "stories.json").read_text())
NAMES = [*POOLS["she"], *POOLS["he"]]
FORMS = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}


def character(rng, question: str):
    """A hero with a name and the pronoun that fits both; half of the names that a prompt gives must be copied."""
    hero = rng.choice(POOLS["hero"])
    pronoun = "she" if hero in POOLS["woman"] else "he" if hero in POOLS["man"] else rng.choice(["she", "he"])
    if "{name}" in question and rng.random() < 0.5:
        return hero, rng.choice([rng.choice(facts.POOLS["names"]), facts.free_word(rng)]), pronoun
    return hero, rng.choice(POOLS[pronoun]), pronoun


def story(rng):
    template = rng.choice(POOLS["question"])
    hero, name, pronoun = character(rng, template)
    they, them, their = FORMS[pronoun]
    helper, trait = rng.choice(POOLS["helper"]), rng.choice(POOLS["quality"])
    deed, quest = rng.choice(list(zip(POOLS["deed"], POOLS["quest"])))
    writer = Writer(rng, {
        **POOLS,
        "hero": hero,
        "name": name,
        "they": they,
        "them": them,
        "their": their,
        "helper": helper,
        "the_helper": "the " + helper.split(" ", 1)[1],
        "trait": trait,
        "quality": [quality for quality in POOLS["quality"] if quality != trait],
        "deed": deed,
        "contest": rng.choice(POOLS["contest"]),
        "thing": rng.choice(POOLS["thing"]),
        "a_hero": f"{'an' if hero[0] in 'aeio' else 'a'} {hero}",
    })
    question = capitalise(writer.text(template))
    sentences = [writer.sentence("beginning")]
    sentences += [writer.sentence("character") for _ in range(rng.choice([1, 1, 2]))]
    first = " ".join(sentences)
    adventure = [writer.text(template) for template in quest]
    middle = " ".join(adventure[:4])
    last = " ".join(adventure[4:])
    end = " ".join(writer.sentence("end") for _ in range(rng.choice([1, 1, 2])))
    separator = rng.choice(["\n\n", "\n\n", " "])
    text = separator.join([first, middle, f"{last} {end}"])
    if question.startswith("Once"):
        return "", text
    return question, text
