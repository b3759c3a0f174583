"""Trains interaction layers and router; the experts stay frozen.

  python3 -m mot.train "abacus<merchant"       one pair: layers of its own
  python3 -m mot.train all                     one set of layers for all pairs
  of your own:  python3 -m mot.train all --expert NAME=FILE ... --data FILE   (see README.md)
  options: --steps 600 --router-steps 1500 --seed 1 --latent 64 --heads 4 --read top|stacks --write 0,1,2 --peers 1
           --ordinary 0.25 --entropy 0.01 --load-balance 0.01 --consistency 0.05 --begin FILE --out FILE"""
import argparse
import math
import os
import random
import time

import torch

from generate import padded
from gguf_reader import Refusal
from mot import export, sources, states
from mot import router as routing
from mot.data import Pool
from mot.layers import Layers, Mixture, Writer

# Rows of a pair in a step at least.
LEAST = 4
WARM_UP, CLIP = 40, 1.0
# By wordings that were left out of training, the router wants more decay, and shapes that weigh more than bytes.
DECAY, ROUTER_DECAY = 0.01, 0.3
ROUTER_RATE = 5e-3


def arguments(given=None):
    a = argparse.ArgumentParser()
    a.add_argument("pairs", nargs="+")
    a.add_argument("--out", default=os.path.join(states.OUT, "mixture.gguf"))
    for name, default in (("rate", 3e-3), ("ordinary", 0.25), ("entropy", 0.01),
                          ("load-balance", 0.01), ("consistency", 0.05)):
        a.add_argument("--" + name, type=float, default=default)
    for name, default in (("seed", 1), ("latent", 64), ("heads", 4), ("peers", 1), ("questions", 6000),
                          ("every", 150), ("steps", 600), ("router-steps", 1500), ("draft", states.DRAFT),
                          ("batch", 32)):
        a.add_argument("--" + name, type=int, default=default)
    a.add_argument("--read", choices=("top", "stacks"), default="top")
    a.add_argument("--write", default="0,1,2")
    a.add_argument("--begin", default="", help="a file to go on from")
    sources.add_options(a)
    return a.parse_args(given)


def mixture(pairs, options, source=sources.ZOO) -> Mixture:
    shapes = {n: source.shape(n) for n in sorted({e for p in pairs for e in (p.primary, p.peer)})}
    names, blocks = tuple(shapes), {n: s.layers for n, s in shapes.items()}
    fewest = min(blocks[p.primary] for p in pairs)
    write = [int(d) if d.strip().isdigit() else fewest for d in options.write.split(",")]
    count = len(write)
    if max(write) >= fewest:
        raise Refusal(f"--write is {options.write}; allowed are depths from 0 to {fewest - 1}, with commas between them")
    if options.latent % options.heads:
        raise Refusal(f"--heads is {options.heads} and --latent {options.latent}; the heads must divide it")
    # The paper cuts every expert into equal stacks and reads after each; the other choice is the last block's output.
    read = {n: tuple(b if options.read == "top" else round(b * (q + 1) / count) for q in range(count))
            for n, b in blocks.items()}
    return Mixture(names, {n: s.width for n, s in shapes.items()}, blocks, tuple(p.name for p in pairs),
                   options.latent, options.heads, draft=options.draft, top_k=options.peers, read=read,
                   # Of one that never speaks it says nothing, but no file may name a depth that an expert has not.
                   write={n: tuple(min(d, b) for d in write) for n, b in blocks.items()})


class Trainer:
    def __init__(self, pairs, options, source=sources.ZOO, forget=False):
        self.options, self.source, self.rng = options, source, random.Random(options.seed)
        self.layers = Layers(mixture(pairs, options, source), options.seed)
        if forget:
            self.layers.forget_peers()
        self.router = routing.Router(self.layers.mixture.experts, options.seed)
        for part in (self.layers, self.router):
            part.to(source.device)
        if options.begin:
            self.take_over(*export.read(options.begin, source))
        self.pools = [Pool(source, p, self.layers.mixture, options) for p in pairs]
        self.writers = {p.primary: source.load(p.primary, Writer, self.layers) for p in pairs}
        for pool in self.pools:
            pool.aim(self.writers[pool.pair.primary])
        self.none = source.strangers(options.seed)
        self.reworded = {p.name: source.rewordings(p, 1500, options.seed) for p in pairs}
        self.parameters = [*self.layers.parameters(), *self.router.parameters()]
        self.optimizer = torch.optim.AdamW(
            [{"params": self.layers.parameters(), "weight_decay": DECAY},
             {"params": self.router.parameters(), "weight_decay": ROUTER_DECAY}], lr=options.rate)

    @torch.no_grad()
    def take_over(self, layers, router):
        """Goes on from the layers and the router of a file that has the same experts, pairs and sizes."""
        if layers.mixture != self.layers.mixture:
            raise Refusal("--begin names layers between other experts, for other pairs or of other sizes")
        for mine, theirs in zip([*self.layers.named(), *self.router.named()], [*layers.named(), *router.named()]):
            mine[1].copy_(theirs[1])

    def words(self, pool, rows):
        """Loss of the primary's reply, the peers' thoughts weighted by the router."""
        writer, texts = self.writers[pool.pair.primary], [r.question.text for r in rows]
        logs = None
        if len(pool.peers) > 1:
            logs = self.router.log_weights(self.router(texts)[1], pool.peers)
        writer.bank = self.layers.bank({p: [r.thoughts[p] for r in rows] for p in pool.peers}, logs)
        prompts = [writer.tok.prompt(t) for t in texts]
        replies = [r.target for r in rows]
        tokens, positions, mask, _, _ = padded([p + r[:-1] for p, r in zip(prompts, replies)], writer.device)
        x = writer.blocks(tokens, positions, mask, {})
        size = tokens.shape[1]
        # Aligned right: the last positions of a row are those that predict its reply.
        logits = writer.head(torch.cat([x[i, size - len(r):] for i, r in enumerate(replies)]))
        writer.bank = None
        wanted = torch.tensor([t for r in replies for t in r], device=writer.device)
        return torch.nn.functional.cross_entropy(logits, wanted)

    def step(self, turns, rate: float):
        """Every pair in every step, by its turn: layers that serve several learn several times slower by one at a time."""
        total = 0.0
        for pool, turn in zip(self.pools, turns):
            size = max(LEAST, round(self.options.batch * turn / sum(turns)))
            total = total + size / self.options.batch * self.loss(pool, size)
        self.optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        return float(total)

    def loss(self, pool, size: int):
        rows = pool.batch(self.rng, size)
        return self.words(pool, rows) + self.routing(pool, rows)

    def routing(self, pool, rows):
        """Loss of who should speak and be heard: on these questions, as many of single experts, and disturbed ones."""
        size = len(rows)
        others, reworded = (self.rng.sample(some, min(count, len(some))) for some, count in (
            (self.none, size), (self.reworded[pool.pair.name], size // 2)))
        routes = [(routing.NONE,) * 2 if r.question.ordinary else (pool.pair.primary, pool.pair.peer) for r in rows]
        routes += [(routing.NONE,) * 2] * len(others) + [(pool.pair.primary, pool.pair.peer)] * len(reworded)
        return routing.loss(self.router, [r.question.text for r in rows] + others + reworded, routes, self.options)

    def solve(self, pool, rows):
        texts, logs = [r.question.text for r in rows], None
        if len(pool.peers) > 1:
            logs = self.router.log_weights(self.router(texts)[1], pool.peers)
        thoughts = {p: [r.thoughts[p] for r in rows] for p in pool.peers}
        return self.writers[pool.pair.primary].solve(texts, thoughts, logs, self.source.reply)

    @torch.no_grad()
    def validation(self):
        """For each pair the share of right answers about validation entities, and of the ordinary questions that the
        primary alone answers right those which it still does."""
        return [tuple(self.share(pool, rows) for rows in (pool.validation, pool.kept)) for pool in self.pools]

    @staticmethod
    def score(shares):
        return sum(map(sum, shares)) / len(shares) / 2

    def share(self, pool, rows):
        said = self.solve(pool, rows) if rows else []
        return sum(self.source.right(s, r.question.answer) for s, r in zip(said, rows)) / len(rows) if rows else 1.0

    def run(self):
        """Leaves the weights that were best by validation, whose score it returns."""
        start, best, saved, smooth = time.process_time(), -1.0, None, None
        turns, steps = [1.0] * len(self.pools), self.options.steps
        for step in range(1, steps + 1):
            rate = self.options.rate * min(1, step / WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss = self.step(turns, rate)
            smooth = loss if smooth is None else 0.97 * smooth + 0.03 * loss
            if step % self.options.every and step < steps:
                continue
            shares = self.validation()
            # The pair that fails most has most of the rows.
            score, turns = self.score(shares), [1.1 - min(s) for s in shares]
            each = " ".join(f"{100 * s:.1f}/{100 * kept:.1f}" for s, kept in shares)
            print(f"step {step} loss {smooth:.4f} validation {100 * score:.1f}% ({each}) "
                  f"cpu {time.process_time() - start:.0f}s", flush=True)
            if score >= best:
                best, saved = score, [p.detach().clone() for p in self.parameters]
        with torch.no_grad():
            for p, k in zip(self.parameters, saved):
                p.copy_(k)
        return best


    def settle(self, steps: int):
        """The router alone. Where one peer is heard its weight is one, and the words say nothing of it; so it can go on
        with texts, which costs next to nothing and is what withheld wordings want."""
        optimizer = torch.optim.AdamW(self.router.parameters(), lr=ROUTER_RATE, weight_decay=ROUTER_DECAY)
        for step in range(steps):
            optimizer.param_groups[0]["lr"] = ROUTER_RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss = sum(self.routing(pool, pool.batch(self.rng, self.options.batch // 2)) for pool in self.pools)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def main(options):
    torch.set_num_threads(1)
    source = sources.of(options)
    pairs = sources.chosen(source, options.pairs)
    torch.manual_seed(options.seed)
    trainer = Trainer(pairs, options, source)
    best = trainer.run() if options.steps else trainer.score(trainer.validation())
    if options.peers == 1:
        trainer.settle(options.router_steps)
    export.write(options.out, trainer.layers, trainer.router, source)
    count = sum(p.numel() for p in trainer.layers.parameters())
    print(f"{options.out}: validation {100 * best:.1f}%, {count} parameters in the layers")


if __name__ == "__main__":
    sources.run(lambda: main(arguments()))
