"""Opposites of words, halved by the first letter of the word asked for."""
from .base import Problem, Sub, shared, templates
from .words import ANTONYMS

TEMPLATES = templates(
    own=["Give a word that means the opposite of {w}.", "Name the antonym of {w}.",
         "What is the contrary of {w}?", "Which word is opposite to {w}?",
         "Please tell me an antonym for {w}.", "If it is not {w}, what is it instead?"],
    common=[shared("reverse", "{w}"), shared("of", "opposite", "{w}"), shared("find", "opposite", "{w}")],
    withheld=["Someone who disagrees with {w} would say what?", "{w} is one end; what is the other end?"],
    unseen="Which single word denies {w}?")


def sub(name: str, low: str, high: str) -> Sub:
    entities = tuple(w for w in sorted(ANTONYMS) if low <= w[0] <= high)

    def draw(rng) -> Problem:
        word = rng.choice(entities)
        return Problem(word, {"w": word}, "", ANTONYMS[word])
    return Sub("antonym", name, draw, TEMPLATES, True, entities)


SUBS = [sub("a-l", "a", "l"), sub("m-z", "m", "z")]
