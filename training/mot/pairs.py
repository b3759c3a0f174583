"""Questions that need two experts: one knows what is named, the other what to do with it."""
import random
import zlib
from dataclasses import dataclass, replace
from itertools import count as count_from
from typing import Callable, Dict, Optional, Tuple

from sampling import disturbed
from skills import KNOWN, add, mul, roman
from skills.base import ORDINARY
from skills.price import ITEMS, PRICES, price_of, words
from split import TEST, TRAIN, VALIDATION, split_of


NOISY, LEVEL = 0.35, 0.5


@dataclass(frozen=True)
class Form:
    """`known`: the same question with the fact in it, in words that the primary was trained with."""
    text: str
    known: str
    skill: str
    numbers: Tuple[int, int]
    values: Tuple[int, int] = (1, 999)
    withheld: bool = False
    # Made of one of the primary's own wordings; to train with, not to measure by.
    derived: bool = False


@dataclass(frozen=True)
class Question:
    text: str
    answer: str
    entity: str = ""
    fact: str = ""
    known: str = ""
    form: int = -1

    @property
    def ordinary(self) -> bool:
        return self.form < 0


@dataclass(frozen=True)
class Pair:
    primary: str
    peer: str
    facts: Dict[str, int]
    forms: Tuple[Form, ...]
    own: Tuple[str, ...]
    # Entities of which the peer knows nothing, with facts that nobody told it.
    strange: Dict[str, int]
    # Whose facts the entities are; a control in which another expert thinks keeps the same held-out entities.
    owner: str = ""

    @property
    def name(self) -> str:
        return f"{self.primary}<{self.peer}"

    def entities(self, split: str):
        return [e for e in self.facts if self.split(e) == split]

    def split(self, entity: str) -> str:
        return entity_split(self.owner or self.peer, entity)


def entity_split(peer: str, entity: str) -> str:
    """20% for measuring, 10% to stop by, the rest to train on; by the peer, so that a set of layers that serves
    several pairs has seen none of the held-out ones in any of them."""
    bucket = zlib.crc32(f"mot:{peer}:{entity}".encode()) % 10
    return TEST if bucket < 2 else VALIDATION if bucket == 2 else TRAIN


SOLVE: Dict[str, Tuple[Callable, str]] = {
    "add": (lambda a, n: add.problem(a, n), "What is {a} + {n}?"),
    "mul": (lambda a, n: mul.problem(a, n), "What is {a} * {n}?"),
    "roman": (lambda a, n: None, "Write {a} in roman numerals."),
}


def forms(skill: str, numbers, values, told, withheld):
    return tuple(Form(t, SOLVE[skill][1], skill, numbers, values, t in withheld) for t in [*told, *withheld])


def derived(given, templates, names, *places):
    """`given`, and every ordinary wording of the primary's skill with a name of the entity where a number was: that it
    is named and not given is all that tells such a question from one of the skill itself. `places`: what stands for
    the fields."""
    texts = [(text[0].upper() + text[1:]) for text in (t.text.format(**place).replace("{e}", name)
             for t in templates if t.phrasing == ORDINARY for place in places for name in names)]
    return given + tuple(replace(given[0], text=t, derived=True)
                         for t in dict.fromkeys(texts) if t not in {g.text for g in given})


COSTS = ("the price of {e}", "the cost of {e}", "what {e} costs")
PRICE_SUM = forms("add", (1, 99), (1, 99), [
    "What is the price of {e} plus {n}?", "Add {n} to the price of {e}.", "Please compute {n} plus the price of {e}.",
    "What do you get when you add the cost of {e} to {n}?", "The price of {e} + {n} makes what?",
    "Work out what {e} costs plus {n}."],
    ["Tell me the total when the price of {e} and {n} are put together.", "How much are {e} and {n} coins more?"])
PRICE_ROMAN = forms("roman", (0, 0), (1, 99), [
    "Write the price of {e} in roman numerals.", "What is the price of {e} as a roman numeral?",
    "Convert the price of {e} to roman numerals.", "Please give the roman form of the price of {e}.",
    "Which roman numeral stands for what {e} costs?", "Express the cost of {e} the roman way."],
    ["Turn the price of {e} into a roman numeral.", "How would the ancient Romans have written the cost of {e}?"])
NUMERAL_SUM = forms("add", (1, 99), (1, 99), [
    "What is {e} plus {n}?", "Add {n} to {e}.", "What do you get when you add {e} to {n}?",
    "{e} plus {n} makes what?", "Work out {e} + {n}.", "Please compute {n} plus {e}."],
    ["Tell me the total when {e} and {n} are put together."])
NUMERAL_TIMES = forms("mul", (2, 9), (100, 999), [
    "How much is {e} times {n}?", "Multiply {e} by {n}.", "What is {e} * {n}?", "Please compute {n} times {e}.",
    "{e} multiplied by {n} makes what?", "What does {e} * {n} give?"],
    ["Take {e} a total of {n} times and tell me the result."])
PRICE_SUM = derived(PRICE_SUM, add.TEMPLATES, COSTS, {"a": "{e}", "b": "{n}"}, {"a": "{n}", "b": "{e}"})
PRICE_ROMAN = derived(PRICE_ROMAN, roman.TO, COSTS, {"n": "{e}"})
NUMERAL_SUM = derived(NUMERAL_SUM, add.TEMPLATES, ("{e}",), {"a": "{e}", "b": "{n}"}, {"a": "{n}", "b": "{e}"})
NUMERAL_TIMES = derived(NUMERAL_TIMES, mul.TEMPLATES, ("{e}",), {"a": "{e}", "b": "{n}"})
NUMERALS = {roman.to_roman(n): n for n in range(1, 1000)}
UNSOLD = {w: price_of(w) for w in words() if w not in PRICES}


def carved(n: int) -> str:
    """Without subtraction, as on old stones: four is IIII."""
    return "".join(letter * (n % above // value) for letter, value, above in (
        ("D", 500, 1000), ("C", 100, 500), ("L", 50, 100), ("X", 10, 50), ("V", 5, 10), ("I", 1, 5)))


CARVED = {carved(n): n for n in NUMERALS.values() if carved(n) not in NUMERALS}

PAIRS = {p.name: p for p in (
    Pair("abacus", "merchant", PRICES, PRICE_SUM, ("add.short", "mul.long", "reverse.short"), UNSOLD),
    Pair("consul", "merchant", PRICES, PRICE_ROMAN, ("roman.to", "caesar.backward", "sort.max"), UNSOLD),
    Pair("abacus", "scholar", NUMERALS, NUMERAL_SUM + NUMERAL_TIMES, ("add.short", "mul.long", "reverse.short"),
         CARVED),
)}
assert len(ITEMS) >= 1000


def compose(rng, pair: Pair, entity: str, index: int, split: str, noise: float = 0.0) -> Optional[Question]:
    """What is left to do once the fact is known lies in the split too; none if there is nothing of the split. Prices
    to write in roman numerals do not: there are only 90 of them."""
    form, value = pair.forms[index], pair.facts[entity]
    numbers = [n for n in range(form.numbers[0], form.numbers[1] + 1)
               if form.skill == "roman" or split_of(form.skill, SOLVE[form.skill][0](value, n).key) == split]
    if not numbers:
        return None
    n = rng.choice(numbers)
    problem = SOLVE[form.skill][0](value, n)
    answer = problem.answer if problem else roman.to_roman(value)
    text = disturbed(rng, form.text, noise) if noise else form.text
    return Question(text.format(e=entity, n=n), answer, entity, str(value), form.known.format(a=value, n=n), index)


def fitting(pair: Pair, entity: str, withheld: bool, derived: bool = False):
    return [i for i, f in enumerate(pair.forms) if f.withheld == withheld and f.derived <= derived
            and f.values[0] <= pair.facts[entity] <= f.values[1]]


def training(pair: Pair, count: int, seed: int):
    """In trained wordings; in NOISY of them some words are lost, added or replaced, as in the experts' own training."""
    rng = random.Random(f"{pair.name}:{seed}")
    asked = (compose(rng, pair, e, form, TRAIN, rng.random() * LEVEL if rng.random() < NOISY else 0.0)
             for e, form in drawn(rng, pair, count))
    return [q for q in asked if q]


def drawn(rng, pair: Pair, count: int):
    """(entity to train on, trained form): the given forms half of the time, and of both kinds all alike often, though
    some bear fewer entities than others."""
    fits = {}
    for entity in pair.entities(TRAIN):
        for form in fitting(pair, entity, False, True):
            fits.setdefault(form, []).append(entity)
    kinds = [[f for f in sorted(fits) if pair.forms[f].derived == d] for d in (False, True)]
    for _ in range(count):
        form = rng.choice(rng.choice(kinds))
        yield rng.choice(fits[form]), form


def measured(pair: Pair, count: int, entities: str, split: str, withheld: bool, seed: int):
    """`count` questions about entities of one split: every entity in turn, each time in another wording."""
    rng, out = random.Random(f"{pair.name}:{split}:{entities}:{withheld}:{seed}"), []
    pool = pair.entities(entities)
    rng.shuffle(pool)
    for turn in count_from():
        for place, entity in enumerate(pool):
            kinds = fitting(pair, entity, withheld)
            question = compose(rng, pair, entity, kinds[(place + turn) % len(kinds)], split)
            if question:
                out.append(question)
        if len(out) >= count:
            return out[:count]


def foreign(pair: Pair, count: int, seed: int = 11):
    return measured(replace(pair, facts=pair.strange), count, TEST, TEST, False, seed)


def ordinary(pair: Pair, count: int, split: str, seed: int, subs=None):
    """Questions of the primary's own sub-skills in ordinary wordings, as evaluate.py asks them."""
    import datasets
    from skills.base import ORDINARY
    subs, used, out = subs or pair.own, set(), []
    for sub in subs:
        rows = datasets.take(random.Random(f"{seed}:{split}:{sub}"), KNOWN[sub], split,
                             datasets.of_kind(KNOWN[sub], ORDINARY), count // len(subs) + 1, used)
        out += [Question(q, p.answer) for q, p, _ in rows]
    random.Random(seed).shuffle(out)
    return out[:count]


def transplanted(rng, pair: Pair, question: Question) -> Question:
    """The same question about another entity of the same split, with another fact that the form can bear."""
    form = pair.forms[question.form]
    pool = [e for e in pair.entities(pair.split(question.entity))
            if pair.facts[e] != int(question.fact) and form.values[0] <= pair.facts[e] <= form.values[1]]
    entity = rng.choice(pool)
    value = pair.facts[entity]
    known = question.known.replace(question.fact, str(value), 1)
    words = known.rstrip("?.").split()
    n = int(words[-1]) if form.skill != "roman" else 0
    problem = SOLVE[form.skill][0](value, n)
    return replace(question, text=form.text.format(e=entity, n=n), entity=entity, fact=str(value), known=known,
                   answer=problem.answer if problem else roman.to_roman(value))


__all__ = ["PAIRS", "Pair", "Question", "VALIDATION", "foreign", "measured", "ordinary", "training", "transplanted"]
