"""Reversal of a made-up word: number the letters, read the pairs backwards, drop the numbers."""
from .base import Problem, Sub, made_up_word, shared, templates

TEMPLATES = templates(
    own=["Reverse the word {w}.", "Write {w} backwards.", "How is {w} spelled from right to left?",
         "Please turn {w} around.", "What is {w} read backwards?", "Spell {w} in reverse order."],
    common=[shared("reverse", "{w}"), shared("of", "mirror image", "{w}")],
    withheld=["Give me the letters of {w} from the last to the first.",
              "If you hold {w} up to a mirror, which word do you read?"],
    unseen="Start at the end of {w} and spell it out.")


def problem(word: str) -> Problem:
    pairs = [f"{c}{i + 1}" for i, c in enumerate(word)]
    chain = "".join(pairs) + " " + "".join(reversed(pairs))
    return Problem(word, {"w": word}, chain, word[::-1])


def short(rng) -> Problem:
    return problem(made_up_word(rng, 3, 4))


def long(rng) -> Problem:
    return problem(made_up_word(rng, 5, 7))


SUBS = [Sub("reverse", "short", short, TEMPLATES), Sub("reverse", "long", long, TEMPLATES)]
