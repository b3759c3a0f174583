"""The tagger's examples: a question of one of the 30 sub-skills, or one that needs two, and phrases for it."""
import json
import os

import mixed
import phrases
from sampling import Stream
from split import TRAIN

MIXED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models", "data", "mixed.jsonl")
# Share of two-skill questions.
TWO_SKILLS = 0.12
HALVED = ("antonym.", "capital.")


def half(skill: str, word: str, last: str) -> str:
    """The half of a vocabulary that a word is in; `last` is the first half's last letter."""
    halves = {("capital", "i"): ("a-i", "j-z"), ("antonym", "l"): ("a-l", "m-z")}[skill, last]
    return f"{skill}.{halves[word[0].lower() > last]}"


def antonym(word: str) -> str:
    return half("antonym", word, "l")


# Sub-skills that a form of mixed.py needs, given its question and answer.
SUBS_OF = {
    "sum_in_roman": lambda q, a: ["add.short" if "+" in q else "sub.short", "roman.to"],
    "roman_sum": lambda q, a: ["roman.from", "add.short"],
    "mixed_largest": lambda q, a: ["roman.from", "sort.max"],
    "capital_vowels": lambda q, a: [half("capital", q.split("capital of ")[1], "i"), "count.vowels"],
    "opposite_reversed": lambda q, a: [antonym(q.split()[4]), "reverse.short" if len(a) <= 4 else "reverse.long"],
    "plural_of_opposite": lambda q, a: [antonym(q.split("opposite of ")[1]),
                                        "inflect.plural" if "plural" in q else "inflect.past"],
    "product_sum": lambda q, a: ["mul.short", "add.short"],
    "product_minutes": lambda q, a: ["add.short", "unit.time"],
    "code_vowels": lambda q, a: ["code.strings", "count.vowels"],
    "day_of_sum": lambda q, a: ["add.short", "weekday.forward"],
}


def committed():
    """(question, sub-skills, form) of the measured two-skill questions."""
    with open(MIXED, encoding="utf-8") as f:
        for row in map(json.loads, f):
            form = row["tags"]["sub_skill"]
            yield row["question"], SUBS_OF[form](row["question"], row["reference"]), form


class TagStream(Stream):
    """Half of the questions of one skill are disturbed: telling skills apart on unknown wordings is all this is for."""

    def __init__(self, rng, tokenizer, own):
        # Which half of a vocabulary a word is in has to be learnt word by word, so these come more often.
        own = list(own) + 2 * [s for s in own if s.startswith(HALVED)]
        super().__init__(rng, tokenizer, own, spread=0, disturb=0.5)
        self.level = 0.3
        self.measured = {question for question, _, _ in committed()}

    def pick(self):
        if self.rng.random() >= TWO_SKILLS:
            sub, question, _ = self.draw()
            return question, phrases.reply(self.rng, [sub.full_name])
        while True:
            form = self.rng.choice(mixed.FORMS)
            question, answer, _ = form(self.rng, TRAIN)
            if question not in self.measured:
                return question, phrases.reply(self.rng, SUBS_OF[form.__name__](question, answer))
