"""Questions with everything that training needs of them: targets and the peers' thoughts, made once."""
import random
from dataclasses import dataclass, field
from typing import Dict, List, Optional

from generate import Decoder
from gguf_reader import Refusal
from sampling import disturbed, example
from skills import KNOWN
from skills.base import ORDINARY
from split import TRAIN, VALIDATION
from mot import states
from mot.frozen import Frozen
from mot.pairs import LEVEL, NOISY, Pair, Question, compose, drawn

CHECKED, KEPT = 120, 60


@dataclass
class Row:
    question: Question
    # Tokens of the reply, the one that ends it too.
    target: Optional[List[int]] = None
    thoughts: Dict[str, Dict[int, object]] = field(default_factory=dict)
    drafts: Dict[str, str] = field(default_factory=dict)


def rows_of(source: Frozen, questions, peers, mixture):
    rows, texts = [Row(q) for q in questions], [q.text for q in questions]
    for peer in peers:
        for row, (draft, thought) in zip(rows, states.cached(source, peer, texts, mixture.draft,
                                                             set(mixture.read[peer]))):
            row.drafts[peer], row.thoughts[peer] = draft, thought
    return rows


class Pool:
    """What is trained on of one pair. Peers are loaded one at a time and are gone before a primary is needed."""

    def __init__(self, source: Frozen, pair: Pair, mixture, options):
        self.source, self.pair, self.share = source, pair, options.ordinary
        others = [p for p in mixture.peers if p not in (pair.peer, pair.primary)]
        self.peers = [pair.peer, *others[:options.peers - 1]]
        self.composed, self.plain, self.validation, self.kept = (
            rows_of(source, questions, self.peers, mixture) for questions in (
                source.training(pair, options.questions, 1), source.ordinary(pair, options.questions // 4, TRAIN, 1),
                source.measured(pair, CHECKED, VALIDATION, VALIDATION, False, 1),
                source.ordinary(pair, KEPT, VALIDATION, 1)))

    def aim(self, primary: Decoder):
        """Keeps what the primary is right on once it is told, and what it says then."""
        given = len(self.composed), len(self.plain)
        # A peer that is wrong teaches the layers to ignore it. In a control nobody knows the facts, and it has the same
        # questions all the same.
        self.composed = [r for r in self.aimed(self.composed, primary)
                         if self.pair.owner or self.source.right(r.drafts[self.pair.peer], r.question.fact)]
        self.plain, self.kept = self.aimed(self.plain, primary), self.aimed(self.kept, primary)
        if not self.composed or self.share and not self.plain:
            raise Refusal(f"{self.pair.name}: of {given[0]} questions about entities {len(self.composed)} are left whose "
                          "fact the peer says and that the primary answers once it is told, and of "
                          f"{given[1]} ordinary ones {len(self.plain)} that the primary answers; both must be some")

    def aimed(self, rows, primary):
        for row, target in zip(rows, states.targets(self.source, primary, [r.question for r in rows])):
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
