"""Trains one expert or member: python3 training/train.py NAME. Budgets count CPU seconds of this process, not wall time,
so a busy machine makes training slower but not worse."""
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import json  # noqa: E402
import math  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

import torch  # noqa: E402

import gguf_reader  # noqa: E402
import gguf_writer  # noqa: E402
import tokenizer  # noqa: E402
from experts import MODELS  # noqa: E402
from model import Parameters, forward  # noqa: E402
from packing import Packer  # noqa: E402
from panels import PanelStream  # noqa: E402
from reading import ReadStream  # noqa: E402
from sampling import Stream  # noqa: E402
from tagging import TagStream  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, FILES = os.path.join(HERE, "out"), os.path.join(HERE, "..", "models")
PEAK, WARM_UP, DECAY, BETAS = 3e-3, 100, 0.05, (0.9, 0.98)
STREAMS = {"tagger": TagStream, "aggregator": PanelStream, "reader": ReadStream}


class AdamW:
    def __init__(self, p):
        self.p, self.m, self.v, self.t = p, torch.zeros_like(p.flat), torch.zeros_like(p.flat), 0

    @torch.no_grad()
    def step(self, rate: float):
        p, (b1, b2) = self.p, BETAS
        self.t += 1
        norm = float(p.grad.norm())
        if norm > 1.0:
            p.grad.mul_(1 / norm)
        self.m.mul_(b1).add_(p.grad, alpha=1 - b1)
        self.v.mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
        scale = (self.v / (1 - b2 ** self.t)).sqrt_().add_(1e-8)
        p.flat.addcmul_(p.flat, p.decay, value=-rate * DECAY)
        p.flat.addcdiv_(self.m, scale, value=-rate / (1 - b1 ** self.t))
        p.grad.zero_()


def loop(name: str, shape, p, weights, packer, budget: float, peak: float = PEAK):
    """Spends the budget on what `p` holds; `weights` gives the matrices to multiply with, made anew for each step."""
    torch.set_num_threads(1)
    optimizer, steps, seen, smooth = AdamW(p), 0, 0, None
    start, wall = time.process_time(), time.time()
    while True:
        spent = time.process_time() - start
        progress = spent / budget
        if progress >= 1:
            break
        tokens, positions, bias, rows, wanted, targets = packer.batch()
        logits = forward(shape, weights(), tokens, positions, bias, rows, wanted)
        loss = torch.nn.functional.cross_entropy(logits, targets)
        loss.backward()
        rate = peak * min(1, (steps + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
        optimizer.step(rate)
        steps, seen = steps + 1, seen + tokens.numel()
        smooth = float(loss) if smooth is None else 0.98 * smooth + 0.02 * float(loss)
        if steps % 200 == 0:
            print(f"{name} step {steps} loss {smooth:.4f} cpu {spent:.0f}s wall {time.time() - wall:.0f}s", flush=True)
    return {"name": name, "steps": steps, "tokens": seen, "cpu_s": round(time.process_time() - start),
            "wall_s": round(time.time() - wall), "loss": round(smooth, 4), "parameters": p.flat.numel()}


def save(record):
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, record["name"] + ".json"), "w", encoding="utf-8") as f:
        json.dump(record, f)
    print(json.dumps(record))


@torch.no_grad()
def begin(p: Parameters, path: str):
    """Takes over the weights of a file, rounded as they are there."""
    for name, w in gguf_reader.weights(gguf_reader.read(path)).items():
        p[name].copy_(w)


def train(name: str):
    expert = MODELS[name]
    tok = tokenizer.load(expert.tokenizer)
    p = Parameters(expert.shape, tok.size, expert.seed)
    if expert.begins:
        begin(p, os.path.join(FILES, expert.begins + ".gguf"))
    if name in STREAMS:
        stream = STREAMS[name](random.Random(expert.seed), tok, expert.subs)
    else:
        stream = Stream(random.Random(expert.seed), tok, expert.subs, expert.spread, embed=expert.embed,
                        bare=expert.bare)
    packer = Packer(stream, expert.rows, expert.tokens, 200 if expert.bare else 60)
    record = loop(name, expert.shape, p, lambda: p, packer, expert.budget)
    save(record)
    weights = {k: v.detach().clone() for k, v in p.views.items()}
    torch.save({"weights": weights, "record": record}, os.path.join(OUT, name + ".pt"))
    for kind in ("F16", "Q8_0"):
        gguf_writer.write(os.path.join(OUT, f"{name}.{kind}.gguf"), expert, tok, weights, kind)


if __name__ == "__main__":
    train(sys.argv[1])
