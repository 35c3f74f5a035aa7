"""Short reviews with a sentiment; one in twenty sentences is held out from training."""

import json
import zlib
from pathlib import Path

from grammar import Writer

POOLS = json.loads((Path(__file__).parent / "data" / "reviews.json").read_text())
KINDS = ["food", "hotel", "film", "product"]
INSTRUCTIONS = ["Is this review positive or negative? {}", "Classify the sentiment of this review: {}",
                "Classify this review as positive or negative: {}", "Sentiment of this review: {}"]


def is_held_out(sentence: str) -> bool:
    return zlib.crc32(sentence.encode()) % 20 == 0


def any_review(rng):
    sentiment = rng.choice(["positive", "negative"])
    kind = POOLS[rng.choice(KINDS)]
    writer = Writer(rng, {
        **kind,
        "adjective": kind[sentiment],
        "did": POOLS[f"person_{sentiment}"],
        "verdict": POOLS[f"verdict_{sentiment}"],
        "sign": POOLS[f"sign_{sentiment}"],
    })
    template = rng.choice(POOLS["template"]).replace("{nice|SIGN}", "SIGN").replace("SIGN", "{sign}")
    sentence = writer.text(template).replace("A excellent", "An excellent").replace("A awful", "An awful")
    return sentence.replace("Such a excellent", "Such an excellent").replace("Such a awful", "Such an awful"), sentiment


def review(rng, held_out: bool = False):
    while True:
        sentence, sentiment = any_review(rng)
        if is_held_out(sentence) == held_out:
            return sentence, sentiment


def classification(rng):
    sentence, sentiment = review(rng)
    if rng.random() < 0.85:
        return f"Review: {sentence}\nSentiment:", f" {sentiment}"
    return rng.choice(INSTRUCTIONS).format(sentence), f"\n{sentiment.capitalize()}"
