"""Inflection: the plural of a noun, the past tense of a verb."""
from .base import Problem, Sub, shared, templates
from .words import PAST, PLURALS

PLURAL = templates(
    own=["Write the noun {w} in the plural.", "What do you call more than one {w}?",
         "One {w}, two what?", "Please give the plural form of {w}.", "How is {w} written in the plural?",
         "Make the noun {w} plural."],
    common=[shared("of", "plural", "{w}"), shared("find", "plural", "{w}")],
    withheld=["There is not one {w} but many: which word do I need?", "Fill in the word: a {w}, several ..."],
    unseen="My friend has a {w} and I have ten; ten what?")

TENSE = templates(
    own=["Write the verb {w} in the past tense.", "What do you call it if you {w} and it was yesterday?",
         "Today I {w}, yesterday I what?", "Please give the past form of {w}.",
         "How is {w} written in the past tense?", "Put the verb {w} into the past."],
    common=[shared("of", "past tense", "{w}"), shared("find", "past tense", "{w}")],
    withheld=["They {w} now, and last year they did so too: which word do I need?",
              "Fill in the word: now we {w}, then we ..."],
    unseen="This week you {w}; what did you do last week?")


def sub(name: str, table, wording) -> Sub:
    entities = tuple(sorted(table))

    def draw(rng) -> Problem:
        word = rng.choice(entities)
        return Problem(word, {"w": word}, "", table[word])
    return Sub("inflect", name, draw, wording, True, entities)


SUBS = [sub("plural", PLURALS, PLURAL), sub("past", PAST, TENSE)]
