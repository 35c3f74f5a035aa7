"""Known facts have one answer; invented questions get a random one, so their distribution is flat."""

import json
from pathlib import Path

POOLS = json.loads((Path(__file__).parent / "data" / "facts.json").read_text())
CAPITALS = POOLS["capitals"]
HELD_OUT_MIDDLES = {"ith", "und"}


def word(rng, end: str, held_out: bool = False) -> str:
    middles = [m for m in POOLS["middle"] if (m in HELD_OUT_MIDDLES) == held_out]
    return rng.choice(POOLS["start"]) + rng.choice(middles) + rng.choice(POOLS[end])


def free_word(rng) -> str:
    """A name that somebody else might invent: syllables from outside the word list."""
    syllables = [rng.choice("bcdfghjklmnprstvwz") + rng.choice(["", "", "l", "r", "u"]) + rng.choice("aeiouy")
                 + rng.choice(["", "", "n", "r", "s", "k", "ll", "m"]) for _ in range(rng.choice([1, 2, 2, 3]))]
    return ("".join(syllables) + rng.choice(["", "ia", "istan", "a", "land", "or", "o", "ea"])).capitalize()


def capital(rng):
    country, city = rng.choice(list(CAPITALS.items()))
    question = rng.choice([f"What is the capital of {country}?"] * 4 + [
        f"What is the capital city of {country}?", f"Which city is the capital of {country}?",
        f"Name the capital of {country}."])
    return question, f"{city}.", f"The capital of {country} is {city}."


def arithmetic(rng):
    """Mostly of single digits; also sums and differences to 20 and products to 12 times 12."""
    operation, spoken = rng.choices([("+", "plus"), ("×", "times"), ("-", "minus")], [5, 3, 2])[0]
    largest = 9 if rng.random() < 0.5 else 12 if operation == "×" else 20
    left, right = rng.randint(0, largest), rng.randint(0, largest)
    if operation == "-":
        left, right = max(left, right), min(left, right)
    result = {"+": left + right, "×": left * right, "-": left - right}[operation]
    question = rng.choice([f"What is {left} {operation} {right}?"] * 3 + [f"What is {left} {spoken} {right}?"])
    return question, f"{result}.", f"{left} {operation} {right} = {result}."


def simple_fact(rng):
    question, answer = rng.choice(POOLS["facts"])
    return question, f"{answer}.", f"{answer}."


def person(rng) -> str:
    return f"{rng.choice(POOLS['first'])} {word(rng, 'city_end')}"


def random_number(rng) -> str:
    return str(rng.randint(2, 10 ** rng.randint(1, 5)))


def unknown_fact(rng, held_out: bool = False):
    country, city = word(rng, "country_end", held_out), word(rng, "city_end", held_out)
    if not held_out and rng.random() < 0.3:
        country, city = free_word(rng), free_word(rng)
    title = f"The {rng.choice(POOLS['adjective'])} {rng.choice(POOLS['noun'])}"
    place = rng.choice([word(rng, "city_end"), word(rng, "city_end"), free_word(rng), person(rng).split()[1]])
    name = person(rng)
    year = str(rng.randint(1100, 2020))
    question, answer = rng.choice([
        (f"What is the capital of {country}?", place), (f"What is the capital of {country}?", place),
        (f"What is the capital of {country}?", place),
        (f"Who wrote {title}?", name), (f"Who painted {title}?", name),
        (f"Who is the president of {country}?", name), (f"Who founded {city}?", name),
        (f"When was {city} founded?", f"In {year}"), (f"In which country is {city}?", word(rng, "country_end")),
        (f"How many people live in {city}?", random_number(rng)), (f"What is the largest city in {country}?", place),
        (f"Which river flows through {city}?", f"The {word(rng, 'city_end')}"),
    ])
    return question, f"{answer}.", f"{answer}."


def ask(rng, fact):
    """The fixed form, the same with two examples before it, or the bare question."""
    question, short, natural = fact(rng)
    form = rng.random()
    if form < 0.55:
        return f"Question: {question}\nAnswer:", f" {short}"
    if form < 0.62:
        earlier = [(capital, arithmetic, simple_fact)[rng.randrange(3)](rng) for _ in range(rng.choice([1, 2]))]
        shots = "".join(f"Question: {q}\nAnswer: {a}\n" + rng.choice(["", "\n"]) for q, a, _ in earlier)
        return f"{shots}Question: {question}\nAnswer:", f" {short}"
    return question, "\n" + rng.choice([short, short, natural])


def known(rng):
    return ask(rng, rng.choices([capital, arithmetic, simple_fact], [45, 30, 40])[0])


def unknown(rng):
    return ask(rng, unknown_fact)


def city_fragment(rng):
    country, city = rng.choice(list(CAPITALS.items()))
    return "", rng.choice([
        f"The city of {city} is the capital of {country}. " + rng.choice(["Many people live and work there.", "Visitors like its streets, parks and cafés.", "It is known for its history and its markets."]),
        f"{city} is the capital of {country}.",
        f"The capital of {country} is {city}.",
    ])


def extraction(rng):
    """Half of the names and cities are new ones, so that they have to be copied."""
    city = rng.choice([rng.choice(list(CAPITALS.values())), rng.choice(POOLS["cities"]), word(rng, "city_end"),
                       free_word(rng)])
    name = rng.choice([rng.choice(POOLS["first"]), rng.choice(POOLS["names"]), free_word(rng)])
    sentence = rng.choice([f"{name} lives in {city}.", f"{name} travelled to {city} last year.",
                           f"In May, {name} moved to {city}.", f"{name} opened a café in {city}.",
                           f"{name} works in {city}.", f"{name} was born in {city}.",
                           f"Yesterday {name} flew to {city}.", f"My friend {name} comes from {city}."])
    key, value = rng.choice([("city", city), ("name", name)])
    if rng.random() < 0.25:
        return f"Extract the name and the city as JSON: {sentence}", f'\n{{"name": "{name}", "city": "{city}"}}'
    return f"Extract the {key} as JSON: {sentence}", f'\n{{"{key}": "{value}"}}'
