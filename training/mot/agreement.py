"""Does the forward that training works with compute what llama.cpp computes? Ask before anything is trained:

  python3 -m mot.agreement NAME=FILE... [--template NAME=TEMPLATE] [--device cuda] [--dtype bfloat16]

The largest difference of two logits over a prompt, in standard deviations of all logits. llama.cpp rounds what it
multiplies with matrices to their type, so files of F32 differ by the order of sums alone (below 0.001), of F16 by less
than 0.02, of BF16 and quantised types by up to about 0.1. With half the base of its positions an expert of the zoo
differs by 0.3 to 0.5, with half their scale by 1.4 to 2.9."""
import argparse

import torch

from generate import padded
from mot import native, sources
from mot.frozen import Frozen, Owned

TEXT = "What is the price of 17 red apples? Answer in one word, please."


@torch.no_grad()
def difference(source: Frozen, name: str, text: str = TEXT):
    """(largest difference in standard deviations, share of positions with the same best token)"""
    model = source.load(name)
    prompt = model.tok.prompt(text)
    tokens, positions, mask, _, _ = padded([prompt], model.device)
    mine = model.head(model.blocks(tokens, positions, mask, {}))[0].cpu()
    theirs = torch.from_numpy(native.Model(source.path(name), vocabulary_only=False).logits(prompt))
    same = (mine.argmax(-1) == theirs.argmax(-1)).float().mean()
    return float((mine - theirs).abs().max() / theirs.std()), float(same)


def main():
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("expert", nargs="+", metavar="NAME=FILE")
    sources.add_settings(parser)
    options = parser.parse_args()
    source = Owned(*sources.named_files(options), *sources.settings(options))
    for name in source.paths:
        largest, same = difference(source, name)
        print(f"{name:18} largest difference {largest:.4f} deviations, same best token at {100 * same:.0f}%", flush=True)


if __name__ == "__main__":
    sources.run(main)
