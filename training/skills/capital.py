"""Capitals of countries, halved by the first letter of the country."""
from .base import Problem, Sub, shared, templates
from .words import CAPITALS

TEMPLATES = templates(
    own=["Which city is the capital of {c}?", "Name the capital of {c}.", "What is {c}'s capital?",
         "Which capital does {c} have?", "Please tell me the capital city of {c}.",
         "The capital of {c} is called what?", "From which city is {c} governed?"],
    common=[shared("of", "capital", "{c}"), shared("find", "capital", "{c}")],
    withheld=["If you visit the government of {c}, in which city are you?",
              "{c} has a capital; what is its name?"],
    unseen="Where does the parliament of {c} sit?")


def sub(name: str, low: str, high: str) -> Sub:
    entities = tuple(c for c in sorted(CAPITALS) if low <= c[0] <= high)

    def draw(rng) -> Problem:
        country = rng.choice(entities)
        return Problem(country, {"c": country}, "", CAPITALS[country])
    return Sub("capital", name, draw, TEMPLATES, True, entities)


SUBS = [sub("a-i", "A", "I"), sub("j-z", "J", "Z")]
