"""Questions with everything that training needs of them: targets and the peers' thoughts, made once."""
import random
from dataclasses import dataclass, field
from typing import Dict, Optional

from generate import Decoder, final
from sampling import disturbed, example
from skills import KNOWN
from skills.base import ORDINARY
from split import TRAIN, VALIDATION
from mot import states
from mot.pairs import LEVEL, NOISY, Pair, Question, compose, drawn, measured, ordinary, training

CHECKED, KEPT = 120, 60


@dataclass
class Row:
    question: Question
    target: Optional[str] = None
    thoughts: Dict[str, Dict[int, object]] = field(default_factory=dict)
    drafts: Dict[str, str] = field(default_factory=dict)


def rows_of(questions, peers, mixture):
    rows, texts = [Row(q) for q in questions], [q.text for q in questions]
    for peer in peers:
        for row, (draft, thought) in zip(rows, states.cached(peer, texts, mixture.draft, set(mixture.read[peer]))):
            row.drafts[peer], row.thoughts[peer] = draft, thought
    return rows


class Pool:
    def __init__(self, pair: Pair, primary: Decoder, mixture, options):
        self.pair, self.share = pair, options.ordinary
        others = [p for p in mixture.peers if p not in (pair.peer, pair.primary)]
        self.peers = [pair.peer, *others[:options.peers - 1]]
        # A peer that is wrong teaches the layers to ignore it.
        self.composed = [r for r in self.trained(training(pair, options.questions, 1), primary, mixture)
                         if final(r.drafts[pair.peer]) == r.question.fact]
        self.plain = self.trained(ordinary(pair, options.questions // 4, TRAIN, 1), primary, mixture)
        self.validation = rows_of(measured(pair, CHECKED, VALIDATION, VALIDATION, False, 1), self.peers, mixture)
        self.kept = self.trained(ordinary(pair, KEPT, VALIDATION, 1), primary, mixture)

    def trained(self, questions, primary, mixture):
        rows = rows_of(questions, self.peers, mixture)
        for row, target in zip(rows, states.targets(primary, questions)):
            row.target = target
        return [r for r in rows if r.target is not None]

    def batch(self, rng, size: int):
        return [rng.choice(self.plain if rng.random() < self.share else self.composed) for _ in range(size)]


def strangers(seed: int, each: int = 60):
    """Texts that a single expert answers: all sub-skills of the zoo, the peers' own among them, some disturbed. Their
    withheld wordings are shown to no router."""
    rng, texts = random.Random(seed), []
    for sub in KNOWN.values():
        numbers = [i for i, t in enumerate(sub.templates) if t.phrasing == ORDINARY]
        for _ in range(each):
            question, problem, number = example(rng, sub, TRAIN, numbers)
            noisy = disturbed(rng, sub.templates[number].text, rng.random() * LEVEL)
            texts.append(noisy.format(**problem.fields) if rng.random() < NOISY else question)
    return texts


def rewordings(pair: Pair, count: int, seed: int):
    """Composed questions for the router alone, which needs no thoughts: many, and half of them disturbed."""
    rng = random.Random(f"{pair.name}:{seed}:router")
    asked = (compose(rng, pair, e, form, TRAIN, rng.random() * LEVEL * rng.choice((0, 1)))
             for e, form in drawn(rng, pair, count))
    return [q.text for q in asked if q]
