"""What a trained mixture is worth: python3 -m mot.evaluate FILE [PAIR...], written to training/out/mot/.

Held-out entities were in no training question of the layers, and what is left to compute is of the test split. Seen
entities are no evidence. The mixture is on for every question here, the ordinary ones included."""
import json
import os
import random
import sys

import torch

from generate import final
from split import TEST, TRAIN
from mot import states
from mot import export
from mot.data import rows_of
from mot.layers import Writer
from mot.pairs import PAIRS, foreign, measured, ordinary, transplanted
from mot.router import NONE

COUNT, CHECK = 1000, 300


def hits(answers) -> str:
    """One character a question, so that runs can be compared question by question."""
    return "".join("01"[bool(a)] for a in answers)


class Bench:
    def __init__(self, pair, layers, router):
        self.pair, self.layers, self.router = pair, layers, router
        m = layers.mixture
        others = [p for p in m.peers if p not in (pair.peer, pair.primary)]
        self.peers = [pair.peer, *others[:m.top_k - 1]]
        self.writer = states.load(pair.primary, Writer, layers)

    def rows(self, questions):
        return rows_of(questions, self.peers, self.layers.mixture)

    def solve(self, rows, change=lambda thoughts: thoughts):
        """Final answers; `change` makes other states of one peer's."""
        texts, logs = [r.question.text for r in rows], None
        if len(self.peers) > 1:
            with torch.no_grad():
                logs = self.router.log_weights(self.router(texts)[1], self.peers)
        thoughts = {p: change([r.thoughts[p] for r in rows]) for p in self.peers}
        return [final(s) for s in self.writer.solve(texts, thoughts, logs)]

    def right(self, rows, change=lambda t: t):
        return [s == r.question.answer for s, r in zip(self.solve(rows, change), rows)]

    def plain(self, questions, texts):
        return [final(s) == q.answer for s, q in zip(states.replies(self.writer, texts), questions)]

    def peer_right(self, rows):
        return [final(r.drafts[self.pair.peer]) == r.question.fact for r in rows]

    def questions(self, entities, withheld=False, count=COUNT, seed=7):
        return measured(self.pair, count, entities, TEST, withheld, seed)


def told(question, fact: str) -> str:
    """The known wording with what the peer said in place of the fact."""
    return question.known.replace(question.fact, fact, 1)


def accuracy(b: Bench):
    held = b.questions(TEST)
    rows = b.rows(held)
    peer, given = b.peer_right(rows), b.plain(held, [q.known for q in held])
    said = [final(r.drafts[b.pair.peer]) for r in rows]
    own, withheld = ordinary(b.pair, CHECK, TEST, 9), b.questions(TEST, True, CHECK)
    choose, wanted = b.router.choose, (b.pair.primary, b.pair.peer)
    return {"peer right": peer, "primary right given the fact": given,
            "ceiling": [p and g for p, g in zip(peer, given)],
            "text pipeline": b.plain(held, [told(q, s) if s else q.text for q, s in zip(held, said)]),
            "primary alone": b.plain(held, [q.text for q in held]),
            "peer alone": [s == q.answer for s, q in zip(said, held)],
            "held-out": b.right(rows),
            "seen": b.right(b.rows(b.questions(TRAIN, count=CHECK))),
            "withheld wording": b.right(b.rows(withheld)),
            "ordinary, plain": b.plain(own, [q.text for q in own]),
            "ordinary, mixture on": b.right(b.rows(own)),
            "routed to the pair": [r == wanted for r in choose([q.text for q in held])],
            "routed, withheld wording": [r == wanted for r in choose([q.text for q in withheld])],
            "ordinary routed to none": [p == NONE for p, _ in choose([q.text for q in own])]}


def mistaken(b: Bench):
    """Entities that the peer has never heard of: it says something all the same. Does the primary follow it?"""
    questions = foreign(b.pair, CHECK)
    rows = b.rows(questions)
    said, answers = [final(r.drafts[b.pair.peer]) for r in rows], b.solve(rows)
    alone = [final(s) for s in states.replies(b.writer, [q.text for q in questions])]
    follows = [final(s) for s in states.replies(b.writer, [told(q, s or "0") for q, s in zip(questions, said)])]
    return {"peer mistaken": [s != q.fact for s, q in zip(said, questions)],
            "peer mistaken: primary follows it": [bool(s) and a == f for s, a, f in zip(said, answers, follows)],
            "peer mistaken: as the primary alone": [a == o for a, o in zip(answers, alone)]}


def content(b: Bench):
    """Is the peer the source? Other states must give other answers."""
    rng, rows = random.Random(3), b.rows(b.questions(TEST, count=CHECK))
    others = b.rows([transplanted(rng, b.pair, r.question) for r in rows])
    for peer in b.peers:
        for row, other in zip(rows, others):
            row.thoughts[peer], other.thoughts[peer] = other.thoughts[peer], row.thoughts[peer]
    said = b.solve(rows)
    sound = [final(o.drafts[b.pair.peer]) == o.question.fact for o in others]
    out = {"transplant: follows the states": [s == o.question.answer for s, o in zip(said, others)],
           "transplant: follows them, peer right": [
               s == o.question.answer for s, o, p in zip(said, others, sound) if p],
           "transplant: asked entity": [s == r.question.answer for s, r in zip(said, rows)]}
    rows = b.rows(b.questions(TEST, count=CHECK))
    g = torch.Generator().manual_seed(4)
    changes = {"shuffled": lambda t: t[1:] + t[:1],
               "zeroed": lambda t: [{d: torch.zeros_like(x) for d, x in s.items()} for s in t],
               "noise": lambda t: [{d: torch.randn(x.shape, generator=g) * x.std() for d, x in s.items()} for s in t]}
    for name, change in changes.items():
        out[name] = b.right(rows, change)
    return out


def measure(layers, router, names=(), parts=(accuracy, content, mistaken)):
    """{pair: {what: a string of 0 and 1}}"""
    out = {}
    for name in names or layers.mixture.pairs:
        bench = Bench(PAIRS[name], layers, router)
        out[name] = {k: hits(v) for part in parts for k, v in part(bench).items()}
        show(name, out[name])
    return out


def show(name: str, results):
    for key, value in results.items():
        print(f"{name:18} {key:38} {100 * value.count('1') / max(1, len(value)):5.1f}% of {len(value)}", flush=True)


def main(path, *names):
    torch.set_num_threads(1)
    results = measure(*export.read(path), names)
    target = os.path.join(states.OUT, os.path.splitext(os.path.basename(path))[0] + ".json")
    os.makedirs(states.OUT, exist_ok=True)
    with open(target, "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
