"""What a skill is made of: problems, templates and the wordings that several skills share."""
from dataclasses import dataclass, field
from typing import Callable, Dict, List, Tuple

ORDINARY, WITHHELD, UNSEEN = "ordinary", "withheld", "unseen"

# Wordings used by two or more skills, so that the words alone do not tell the skill.
SHARED = {
    "of": "What is the {0} of {1}?",
    "find": "Find the {0} of {1}.",
    "reverse": "What is the reverse of {0}?",
    "convert": "Convert {0} to {1}.",
    "how many": "How many {0} are in {1}?",
    "move": "Move {0} {1} by {2}.",
    "give": "What does {0} give?",
    "work out": "Work out {0}.",
}


@dataclass(frozen=True)
class Template:
    text: str
    phrasing: str = ORDINARY
    shared: bool = False


@dataclass(frozen=True)
class Problem:
    """One canonical problem. `key` decides the split; a fact's key is completed by the template."""
    key: str
    fields: Dict[str, object]
    chain: str
    answer: str

    @property
    def reply(self) -> str:
        return f"{self.chain} Answer: {self.answer}" if self.chain else f"Answer: {self.answer}"


@dataclass(frozen=True)
class Sub:
    """A sub-skill: the unit that experts own."""
    skill: str
    name: str
    draw: Callable[[object], Problem]
    templates: List[Template]
    # A fact cannot be held out and still be known, so for facts the (entity, template) pair is.
    key_has_template: bool = False
    entities: Tuple[str, ...] = field(default=())
    # Ways to name the answer inside a longer question, for experts that are to find their part in one.
    phrases: Tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.skill}.{self.name}"

    def key(self, problem: Problem, number: int) -> str:
        return f"{problem.key}|{number}" if self.key_has_template else problem.key

    def question(self, problem: Problem, number: int) -> str:
        return self.templates[number].text.format(**problem.fields)


def shared(name: str, *parts: str) -> Template:
    return Template(SHARED[name].format(*parts), ORDINARY, True)


def templates(own: List[str], common: List[Template], withheld: List[str], unseen: str) -> List[Template]:
    """Numbers run over own, shared, withheld, unseen in this order, alike for all subs of a skill."""
    assert len(withheld) == 2 and len(own) + len(common) >= 6
    return ([Template(t) for t in own] + list(common)
            + [Template(t, WITHHELD) for t in withheld] + [Template(unseen, UNSEEN)])


def made_up_word(rng, low: int, high: int) -> str:
    """Capitals, because every tokenizer of the zoo keeps a capital as one token."""
    length = rng.randint(low, high)
    return "".join(rng.choice("AEIOU" if rng.random() < 0.4 else "BCDFGHJKLMNPQRSTVWXYZ")
                   for _ in range(length))


def digits_from_right(*numbers: int):
    """The digits of all numbers, units first, padded with zeros to the longest."""
    width = max(len(str(n)) for n in numbers)
    return [tuple(n // 10 ** i % 10 for n in numbers) for i in range(width)]
