"""What a trained mixture is worth: python3 -m mot.evaluate FILE [PAIR...] [--expert ... --data FILE], written to
training/out/mot/.

Held-out entities were in no training question of the layers, and what is left to compute is of the test split. Seen
entities are no evidence. The mixture is on for every question here, the ordinary ones included."""
import argparse
import json
import os
import random

import torch

from generate import final
from split import TEST, TRAIN
from mot import states
from mot import export
from mot import sources
from mot.data import rows_of
from mot.layers import Writer
from mot.router import NONE

COUNT, CHECK = 1000, 300


def hits(answers) -> str:
    """One character a question, so that runs can be compared question by question."""
    return "".join("01"[bool(a)] for a in answers)


class Bench:
    def __init__(self, pair, layers, router, source=sources.ZOO):
        self.pair, self.layers, self.router, self.source = pair, layers, router, source
        m = layers.mixture
        others = [p for p in m.peers if p not in (pair.peer, pair.primary)]
        self.peers = [pair.peer, *others[:m.top_k - 1]]
        self.writer = source.load(pair.primary, Writer, layers)

    def rows(self, questions):
        return rows_of(self.source, questions, self.peers, self.layers.mixture)

    def solve(self, rows, change=lambda thoughts: thoughts):
        """Replies; `change` makes other states of one peer's."""
        texts, logs = [r.question.text for r in rows], None
        if len(self.peers) > 1 and rows:
            with torch.no_grad():
                logs = self.router.log_weights(self.router(texts)[1], self.peers)
        thoughts = {p: change([r.thoughts[p] for r in rows]) for p in self.peers}
        return self.writer.solve(texts, thoughts, logs, self.source.reply)

    def right(self, rows, change=lambda t: t):
        return [self.source.right(s, r.question.answer) for s, r in zip(self.solve(rows, change), rows)]

    def plain(self, questions, texts):
        return [self.source.right(s, q.answer) for s, q in zip(self.replies(texts), questions)]

    def replies(self, texts):
        return states.replies(self.writer, texts, self.source.reply)

    def drafts(self, rows):
        return [r.drafts[self.pair.peer] for r in rows]

    def peer_right(self, rows):
        return [self.source.right(s, r.question.fact) for s, r in zip(self.drafts(rows), rows)]

    def questions(self, entities, withheld=False, count=COUNT, seed=7):
        return self.source.measured(self.pair, count, entities, TEST, withheld, seed)

    def choose(self, questions):
        return self.router.choose([q.text for q in questions]) if questions else []


def accuracy(b: Bench):
    held = b.questions(TEST)
    rows = b.rows(held)
    peer, given = b.peer_right(rows), b.plain(held, [q.known for q in held])
    own, withheld = b.source.ordinary(b.pair, CHECK, TEST, 9), b.questions(TEST, True, CHECK)
    wanted = (b.pair.primary, b.pair.peer)
    return {"peer right": peer, "primary right given the fact": given,
            "ceiling": [p and g for p, g in zip(peer, given)],
            "text pipeline": b.plain(held, [b.source.told(q, s) for q, s in zip(held, b.drafts(rows))]),
            "primary alone": b.plain(held, [q.text for q in held]),
            "peer alone": [b.source.right(s, q.answer) for s, q in zip(b.drafts(rows), held)],
            "held-out": b.right(rows),
            "seen": b.right(b.rows(b.questions(TRAIN, count=CHECK))),
            "withheld wording": b.right(b.rows(withheld)),
            "ordinary, plain": b.plain(own, [q.text for q in own]),
            "ordinary, mixture on": b.right(b.rows(own)),
            "routed to the pair": [r == wanted for r in b.choose(held)],
            "routed, withheld wording": [r == wanted for r in b.choose(withheld)],
            "ordinary routed to none": [p == NONE for p, _ in b.choose(own)]}


def mistaken(b: Bench):
    """Entities that the peer has never heard of: it says something all the same. Does the primary follow it?"""
    questions = b.source.foreign(b.pair, CHECK)
    rows = b.rows(questions)
    said = [final(s) for s in b.drafts(rows)]
    answers, alone, follows = ([final(s) for s in replies] for replies in (
        b.solve(rows), b.replies([q.text for q in questions]),
        b.replies([b.source.told(q, s) for q, s in zip(questions, b.drafts(rows))])))
    return {"peer mistaken": [s != q.fact for s, q in zip(said, questions)],
            "peer mistaken: primary follows it": [bool(s) and a == f for s, a, f in zip(said, answers, follows)],
            "peer mistaken: as the primary alone": [a == o for a, o in zip(answers, alone)]}


def content(b: Bench):
    """Is the peer the source? Other states must give other answers."""
    rng, asked = random.Random(3), b.questions(TEST, count=CHECK)
    both = [(q, other) for q in asked if (other := b.source.transplanted(rng, b.pair, q))]
    rows, others = b.rows([q for q, _ in both]), b.rows([other for _, other in both])
    for peer in b.peers:
        for row, other in zip(rows, others):
            row.thoughts[peer], other.thoughts[peer] = other.thoughts[peer], row.thoughts[peer]
    said = b.solve(rows)
    follows = [b.source.right(s, o.question.answer) for s, o in zip(said, others)]
    out = {"transplant: follows the states": follows,
           "transplant: follows them, peer right": [f for f, sound in zip(follows, b.peer_right(others)) if sound],
           "transplant: asked entity": [b.source.right(s, r.question.answer) for s, r in zip(said, rows)]}
    rows = b.rows(asked)
    g = torch.Generator().manual_seed(4)
    changes = {"shuffled": lambda t: t[1:] + t[:1],
               "zeroed": lambda t: [{d: torch.zeros_like(x) for d, x in s.items()} for s in t],
               "noise": lambda t: [{d: torch.randn(x.shape, generator=g) * x.std() for d, x in s.items()} for s in t]}
    for name, change in changes.items():
        out[name] = b.right(rows, change)
    return out


def measure(layers, router, names=(), parts=(accuracy, content, mistaken), source=sources.ZOO):
    """{pair: {what: a string of 0 and 1}}"""
    out = {}
    for name in names or layers.mixture.pairs:
        bench = Bench(source.pairs[name], layers, router, source)
        out[name] = {k: hits(v) for part in parts for k, v in part(bench).items()}
        show(name, out[name])
    return out


def show(name: str, results):
    for key, value in results.items():
        print(f"{name:18} {key:38} {100 * value.count('1') / max(1, len(value)):5.1f}% of {len(value)}", flush=True)


def main():
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("pairs", nargs="*")
    sources.add_options(parser)
    options = parser.parse_args()
    source = sources.of(options)
    layers, router = export.read(options.file, source)
    names = [p.name for p in sources.chosen(source, options.pairs or layers.mixture.pairs)]
    results = measure(layers, router, names, source=source)
    target = os.path.join(states.OUT, os.path.splitext(os.path.basename(options.file))[0] + ".json")
    os.makedirs(states.OUT, exist_ok=True)
    with open(target, "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)


if __name__ == "__main__":
    sources.run(main)
