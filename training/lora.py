"""Trains one LoRA adapter over a committed expert: python3 training/lora.py NAME.

The base is read back from its GGUF file and stays frozen, so the adapter learns against the very weights, rounding
included, that llama.cpp will put it on. Every linear layer of a block gets a pair; embeddings and norms get none."""
import math
import os
import sys

from train import OUT, loop, save  # noqa: I001  (first: it sets the thread counts before torch is loaded)

import random

import torch

import gguf_reader
import tokenizer
from experts import ADAPTERS, EXPERTS
from gguf_writer import ALIGNMENT, F32, STRING, U32, entry, write_file
from packing import Packer
from sampling import Stream

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models")
FUSED = {"qkv": ("attn_q", "attn_k", "attn_v"), "attn_output": ("attn_output",), "gate_up": ("ffn_gate", "ffn_up"),
         "ffn_down": ("ffn_down",)}


def base_file(adapter) -> gguf_reader.File:
    return gguf_reader.read(os.path.join(MODELS, adapter.base + ".gguf"))


class Pairs:
    """lora_a and lora_b of every adapted matrix, views of one buffer as in model.Parameters. B starts at zero, so
    training starts at the base."""

    def __init__(self, file: gguf_reader.File, rank: int, seed: int):
        sizes = {}
        for name, data in file.tensors.items():
            if name.startswith("blk.") and data.ndim == 2:
                sizes[name + ".lora_a"], sizes[name + ".lora_b"] = (rank, data.shape[1]), (data.shape[0], rank)
        total = sum(math.prod(s) for s in sizes.values())
        generator = torch.Generator().manual_seed(seed)
        self.flat, self.grad, self.decay = torch.zeros(total), torch.zeros(total), torch.ones(total)
        self.views, at = {}, 0
        for name, size in sizes.items():
            n = math.prod(size)
            if name.endswith("_a"):
                self.flat[at:at + n] = torch.randn(n, generator=generator) / math.sqrt(size[1])
            self.views[name] = self.flat[at:at + n].view(size).requires_grad_()
            self.views[name].grad = self.grad[at:at + n].view(size)
            at += n


def merged(base, pairs, scale: float):
    """Base weights with scale * B A added: what training multiplies with and what the torch evaluation decodes."""
    out = {}
    for name, w in base.items():
        block, _, last = name.rpartition(".")
        if last in FUSED:
            deltas = [pairs[f"{block}.{part}.weight.lora_b"] @ pairs[f"{block}.{part}.weight.lora_a"]
                      for part in FUSED[last]]
            w = w + scale * torch.cat(deltas)
        out[name] = w
    return out


def write(path: str, adapter, pairs):
    meta = [entry("general.architecture", STRING, "llama"), entry("general.type", STRING, "adapter"),
            entry("general.name", STRING, adapter.name), entry("general.description", STRING, adapter.description),
            entry("general.license", STRING, "MIT"), entry("general.base_model.count", U32, 1),
            entry("general.base_model.0.name", STRING, adapter.base), entry("general.file_type", U32, 1),
            entry("general.alignment", U32, ALIGNMENT), entry("adapter.type", STRING, "lora"),
            entry("adapter.lora.alpha", F32, adapter.alpha)]
    write_file(path, meta, [(n, v.detach().numpy(), "F16") for n, v in pairs.items()])


def load(path: str, adapter):
    """Merged fp32 weights from the adapter's file and the base's."""
    file = gguf_reader.read(path)
    pairs = {n: torch.from_numpy(d.copy()) for n, d in file.tensors.items()}
    rank = next(len(d) for n, d in pairs.items() if n.endswith("_a"))
    return merged(gguf_reader.weights(base_file(adapter)), pairs, file["adapter.lora.alpha"] / rank)


def train(name: str):
    adapter, file = ADAPTERS[name], base_file(ADAPTERS[name])
    base, p = gguf_reader.weights(file), Pairs(file, adapter.rank, adapter.seed)
    tok = tokenizer.load(EXPERTS[adapter.base].tokenizer)
    packer = Packer(Stream(random.Random(adapter.seed), tok, adapter.subs))
    record = loop(name, EXPERTS[adapter.base].shape, p, lambda: merged(base, p.views, adapter.alpha / adapter.rank),
                  packer, adapter.budget, adapter.peak)
    save(record)
    write(os.path.join(OUT, name + ".gguf"), adapter, p.views)


if __name__ == "__main__":
    train(sys.argv[1])
