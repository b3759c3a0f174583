"""Controls that are trained: python3 -m mot.controls PAIR [options of train.py].

self: the primary is its own peer (same layers, no other knowledge). bank: trained rows stand where a peer's states
would be, so that the primary has the added parameters and nobody to ask. Same entities, questions and budget."""
import dataclasses
import sys

import torch

from split import TEST, TRAIN
from mot import sources, train
from mot.evaluate import Bench, hits, show

CONTROLS = ("self", "bank")


def control(kind: str, name: str, options):
    """{what: a string of 0 and 1}"""
    source = sources.of(options)
    pair, = sources.chosen(source, [name])
    alone = dataclasses.replace(pair, peer=pair.primary, owner=pair.peer)
    torch.manual_seed(options.seed)
    trainer = train.Trainer([alone], options, source, forget=kind == "bank")
    trainer.run()
    bench = Bench(alone, trainer.layers, trainer.router, source)
    return {what: hits(bench.right(bench.rows(bench.questions(entities))))
            for what, entities in (("held-out", TEST), ("seen", TRAIN))}


def main(name: str, *rest):
    torch.set_num_threads(1)
    for kind in CONTROLS:
        show(f"{name} {kind}", control(kind, name, train.arguments([name, *rest])))


if __name__ == "__main__":
    sources.run(lambda: main(*sys.argv[1:]))
