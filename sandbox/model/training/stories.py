"""Simple stories: one hero, one helper, one small adventure, an ending."""

import json
from pathlib import Path

from grammar import Writer

POOLS = json.loads((Path(__file__).parent / "data" / "stories.json").read_text())


def story(rng):
    hero, name = rng.choice(POOLS["hero"]), rng.choice(POOLS["name"])
    writer = Writer(rng, {
        **POOLS,
        "hero": hero,
        "name": name,
        "helper": rng.choice(POOLS["helper"]),
        "thing": rng.choice(POOLS["thing"]),
        "a_hero": f"{'an' if hero[0] in 'aeiou' else 'a'} {hero}",
    })
    question = writer.sentence("question")
    sentences = [writer.sentence("beginning")]
    sentences += [writer.sentence("character") for _ in range(rng.choice([1, 1, 2]))]
    first = " ".join(sentences)
    adventure = [writer.text(template) for template in rng.choice(POOLS["quest"])]
    middle = " ".join(adventure[:4])
    last = " ".join(adventure[4:])
    end = " ".join(writer.sentence("end") for _ in range(rng.choice([1, 1, 2])))
    separator = rng.choice(["\n\n", "\n\n", " "])
    text = separator.join([first, middle, f"{last} {end}"])
    if question.startswith("Once"):
        return "", text
    return question, text
