"""The aggregator's examples: a question with the numbered answers of a few experts, and the skill with the right
result. The answers are real ones (answers.py), of the experts that are not held out."""
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Dict, List, Tuple

import recorded
from experts import ADAPTERS, KEPT
from generate import final
from sampling import Stream

TRAINING = os.path.join(recorded.OUT, "train.jsonl")
# Experts that the aggregator never met in training, to see what it makes of strangers.
HELD_OUT = ("mason", "forge", "sieve", "shift")
SEEN = tuple(n for n in (*KEPT, *ADAPTERS) if n not in HELD_OUT)
SIZES, SIZE_WEIGHTS = (2, 3, 4, 5), (2, 5, 3, 2)
# How a training panel is drawn: by skill as a recruiter does, blindly, or around wrong answers that agree.
RECRUITED, BLIND, MISLED = 0.5, 0.3, 0.2


@dataclass(frozen=True)
class Candidate:
    expert: str
    text: str
    right: bool

    @property
    def line(self) -> str:
        return " ".join(self.text.splitlines())

    @property
    def final(self) -> str:
        return final(self.text)


def message(question: str, panel: List[Candidate]) -> str:
    lines = [" ".join(question.splitlines())] + [f"{i}: {c.line}" for i, c in enumerate(panel, 1)]
    return "\n".join(lines)


def critique(skill: str, answer: str) -> str:
    """What is asked for, then the result. A verdict on each numbered candidate in between was tried and refused: the
    model got no further than chance at it with more time than it needs to draw level with majority vote without."""
    return f"{skill}. Answer: {answer}"


def recruited(rng, weights: Dict[str, float], size: int, replace=False):
    """Names drawn by weight: the more of a sub-skill an expert knows, the likelier."""
    left, out = dict(weights), []
    while left and len(out) < size:
        pick = rng.choices(list(left), list(left.values()))[0]
        out.append(pick)
        if not replace:
            del left[pick]
    return out


def misled(rng, candidates: Dict[str, Candidate], size: int):
    """One right answer and two wrong ones that agree, where there are such."""
    wrong = defaultdict(list)
    for c in candidates.values():
        if not c.right and c.final:
            wrong[c.final].append(c.expert)
    groups = [names for names in wrong.values() if len(names) >= 2]
    right = [c.expert for c in candidates.values() if c.right]
    if not groups or not right:
        return []
    out = [rng.choice(right), *rng.sample(rng.choice(groups), 2)]
    others = [n for n in candidates if n not in out]
    return out + rng.sample(others, max(0, min(size - 3, len(others))))


class PanelStream(Stream):
    def __init__(self, rng, tokenizer, own):
        super().__init__(rng, tokenizer, own)
        said = recorded.table(TRAINING, SEEN)
        self.rows: List[Tuple[dict, Dict[str, Candidate]]] = []
        hits, asked = Counter(), Counter()
        for row in recorded.lines(TRAINING):
            panel = {n: Candidate(n, text, bool(score)) for n, (text, score) in said[row["id"]].items()}
            self.rows.append((row, panel))
            asked[row["tags"]["sub_skill"]] += 1
            hits.update((row["tags"]["sub_skill"], n) for n, c in panel.items() if c.right)
        self.weights = {s: {e: 0.03 + hits[s, e] / n for e in SEEN} for s, n in asked.items()}

    def names(self, sub: str, candidates: Dict[str, Candidate]):
        rng = self.rng
        size, luck = rng.choices(SIZES, SIZE_WEIGHTS)[0], rng.random()
        if luck < MISLED:
            return misled(rng, candidates, size)
        if luck < MISLED + BLIND:
            return rng.sample(SEEN, size)
        return recruited(rng, self.weights[sub], size, replace=rng.random() < 0.15)

    def panel(self):
        """A question and candidates one of which is right: without a right one there is nothing to choose. Panels
        of one mind teach little, so most of them are passed over."""
        rng = self.rng
        while True:
            row, candidates = rng.choice(self.rows)
            panel = [candidates[n] for n in self.names(row["tags"]["sub_skill"], candidates)]
            if any(c.right for c in panel) and (not all(c.right for c in panel) or rng.random() < 0.4):
                rng.shuffle(panel)
                return row, panel

    def pick(self):
        row, panel = self.panel()
        return message(row["question"], panel), critique(row["skills"][0], row["reference"])

    def next(self):
        """One message, no system text and no earlier turns: that is how it is asked."""
        question, reply = self.pick()
        prompt = self.tokenizer.prompt(question)
        return prompt + self.tokenizer.encode(reply) + [self.tokenizer.end], len(prompt)
