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
from mot.pairs import PAIRS, measured, ordinary, transplanted
from mot.router import NONE

COUNT, CHECK = 1000, 300


def share(hits):
    return [round(100 * sum(hits) / len(hits), 1), len(hits)]


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
    right = b.right(rows)
    said = [final(r.drafts[b.pair.peer]) for r in rows]
    own = ordinary(b.pair, CHECK, TEST, 9)
    out = {"peer right": share(peer), "primary right given the fact": share(given),
           "ceiling": share([p and g for p, g in zip(peer, given)]),
           "text pipeline": share(b.plain(held, [told(q, s) if s else q.text for q, s in zip(held, said)])),
           "primary alone": share(b.plain(held, [q.text for q in held])),
           "peer alone": share([s == q.answer for s, q in zip(said, held)]),
           "held-out": share(right),
           "held-out, peer wrong": share([r for r, p in zip(right, peer) if not p] or [False]),
           "seen": share(b.right(b.rows(b.questions(TRAIN, count=CHECK)))),
           "withheld wording": share(b.right(b.rows(b.questions(TEST, True, CHECK)))),
           "ordinary, plain": share(b.plain(own, [q.text for q in own])),
           "ordinary, mixture on": share(b.right(b.rows(own)))}
    routed = b.router.choose([q.text for q in held])
    out["routed to the pair"] = share([r == (b.pair.primary, b.pair.peer) for r in routed])
    out["routed, withheld wording"] = share([r == (b.pair.primary, b.pair.peer) for r in b.router.choose(
        [q.text for q in b.questions(TEST, True, CHECK)])])
    out["ordinary routed to none"] = share([p == NONE for p, _ in b.router.choose([q.text for q in own])])
    return out


def content(b: Bench):
    """Is the peer the source? Other states must give other answers."""
    rng, rows = random.Random(3), b.rows(b.questions(TEST, count=CHECK))
    others = b.rows([transplanted(rng, b.pair, r.question) for r in rows])
    for peer in b.peers:
        for row, other in zip(rows, others):
            row.thoughts[peer], other.thoughts[peer] = other.thoughts[peer], row.thoughts[peer]
    said = b.solve(rows)
    sound = [final(o.drafts[b.pair.peer]) == o.question.fact for o in others]
    out = {"transplant: follows the states": share([s == o.question.answer for s, o in zip(said, others)]),
           "transplant: follows them, peer right": share(
               [s == o.question.answer for s, o, p in zip(said, others, sound) if p]),
           "transplant: asked entity": share([s == r.question.answer for s, r in zip(said, rows)])}
    rows = b.rows(b.questions(TEST, count=CHECK))
    g = torch.Generator().manual_seed(4)
    changes = {"shuffled": lambda t: t[1:] + t[:1],
               "zeroed": lambda t: [{d: torch.zeros_like(x) for d, x in s.items()} for s in t],
               "noise": lambda t: [{d: torch.randn(x.shape, generator=g) * x.std() for d, x in s.items()} for s in t]}
    for name, change in changes.items():
        out[name] = share(b.right(rows, change))
    return out


def main(path, *names):
    torch.set_num_threads(1)
    layers, router = export.read(path)
    results = {}
    for name in names or layers.mixture.pairs:
        bench = Bench(PAIRS[name], layers, router)
        results[name] = {**accuracy(bench), **content(bench)}
        for key, (value, count) in results[name].items():
            print(f"{name:18} {key:38} {value:5.1f}% of {count}", flush=True)
    target = os.path.join(states.OUT, os.path.splitext(os.path.basename(path))[0] + ".json")
    os.makedirs(states.OUT, exist_ok=True)
    with open(target, "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
