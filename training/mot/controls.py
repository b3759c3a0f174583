"""Controls that are trained: python3 -m mot.controls PAIR [options of train.py].

self: the primary is its own peer (same layers, no other knowledge). bank: trained rows stand where a peer's states
would be, so that the primary has the added parameters and nobody to ask. Same entities, questions and budget."""
import dataclasses
import sys

import torch

from split import TEST, TRAIN
from mot import train
from mot.evaluate import Bench, share
from mot.pairs import PAIRS


def main(name: str, *rest):
    torch.set_num_threads(1)
    pair = PAIRS[name]
    alone = dataclasses.replace(pair, peer=pair.primary, owner=pair.peer)
    for control, who in (("self", alone), ("bank", alone)):
        options = train.arguments([name, *rest])
        torch.manual_seed(options.seed)
        trainer = train.Trainer([who], options, forget=control == "bank")
        trainer.run(options.seconds)
        bench = Bench(who, trainer.layers, trainer.router)
        for kind, entities in (("held-out", TEST), ("seen", TRAIN)):
            value, count = share(bench.right(bench.rows(bench.questions(entities))))
            print(f"{name:18} {control + ' ' + kind:38} {value:5.1f}% of {count}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
