"""Paragraphs, long articles and lists about everyday wellness."""

import json
from pathlib import Path

from grammar import Writer, capitalise

DATA = Path(__file__).parent / "data"
POOLS = json.loads((DATA / "wellness.json").read_text())
TOPICS = json.loads((DATA / "topics.json").read_text())
PARAGRAPH_PLANS = [
    ["opening", "body_effect", "mind_effect", "mind_effect", "closing"],
    ["opening", "body_effect", "mind_effect", "tip_sentence", "closing"],
    ["opening", "body_effect", "body_effect", "mind_effect", "closing"],
    ["opening", "body_effect", "mind_effect", "mind_effect", "tip_sentence", "closing"],
    ["opening", "mind_effect", "body_effect", "tip_sentence", "closing"],
    ["opening", "body_effect", "tip_sentence", "closing"],
    ["opening", "mind_effect", "tip_sentence", "closing"],
]


def topic_writer(rng, topic=None) -> Writer:
    topic = topic or rng.choices(TOPICS, [topic.get("share", 1) for topic in TOPICS])[0]
    # A question may use a shorter name ("water") than the text does ("drinking water").
    return Writer(rng, {**POOLS, **topic, "called": [*topic["name"], *topic["alias"]]})


def paragraph(rng):
    writer = topic_writer(rng)
    return writer.sentence("question"), writer.sentences(*rng.choice(PARAGRAPH_PLANS))


def section(writer: Writer, heading: str, *paragraphs) -> str:
    return "\n\n".join([f"## {writer.text(writer.draw(heading))}", *paragraphs])


def article(rng):
    writer = topic_writer(rng)
    question = writer.sentence("article_question")
    several = writer.sentences
    parts = [
        f"# {writer.text(writer.draw('title'))}",
        several("opening", "introduction", "introduction"),
        section(writer, "head_body", several("body_effect", "body_general", "body_effect"),
                several("body_effect", "body_general", "body_general")),
        section(writer, "head_mind", several("mind_effect", "mind_general", "mind_effect"),
                several("mind_effect", "mind_general")),
    ]
    if rng.random() < 0.8:
        parts.append(section(writer, "head_others", several("others", "others"), several("others", "others")))
    if rng.random() < 0.8:
        parts.append(section(writer, "head_work", several("work", "work"), several("work", "work")))
    parts.append(section(writer, "head_start", several("tip_sentence", "tip_sentence")))
    if rng.random() < 0.8:
        parts.append(section(writer, "head_trouble", several("trouble_sentence", "trouble_sentence"),
                             several("trouble_sentence")))
    if rng.random() < 0.8:
        parts.append(section(writer, "head_plan", writer.text(writer.draw("plan"))))
    parts.append(section(writer, "head_end", several("conclusion", "closing", "closing")))
    return question, "\n\n".join(parts)


def numbered_list(rng):
    writer = topic_writer(rng)
    question = writer.sentence("list_question")
    slot = "tip" if "tips" in question else rng.choice(["body", "mind"])
    entries = rng.sample(writer.slots[slot], 3)
    lead = "" if slot == "tip" else rng.choice(["It can ", "It is known to ", ""])
    return question, "\n".join(f"{n}. {capitalise(lead + entry)}." for n, entry in enumerate(entries, 1))


def fragment(rng):
    """A text that begins without any instruction; the whole of it is the answer."""
    writer = topic_writer(rng)
    return "", writer.sentence("fragment") + " " + writer.sentences("body_effect", "mind_effect", "tip_sentence", "closing")
