"""Frozen experts: files, and what is made of them."""
import functools
import hashlib
from dataclasses import dataclass

import torch

import gguf_reader
from generate import Decoder
from model import Shape

REPLY = 100


@dataclass(frozen=True)
class Expert:
    name: str
    shape: Shape


class Frozen:
    """`dtype` is that of the matrices; what is added up is fp32 everywhere. `reply`: tokens of a reply at most."""

    def __init__(self, device="cpu", dtype=torch.float32, reply=REPLY):
        self.device, self.dtype, self.reply = torch.device(device), dtype, reply

    def path(self, name: str) -> str:
        raise NotImplementedError

    def tokenizer(self, name: str):
        raise NotImplementedError

    def file(self, name: str) -> gguf_reader.File:
        return gguf_reader.read(self.path(name))

    def shape(self, name: str) -> Shape:
        return gguf_reader.shape_of(self.file(name))

    def load(self, name: str, kind=Decoder, *rest):
        """The expert with the weights that llama.cpp multiplies with: those of its file, rounded as they are there."""
        file = self.file(name)
        expert = Expert(name, gguf_reader.shape_of(file))
        return kind(expert, self.tokenizer(name), gguf_reader.weights(file, self.dtype, self.device), *rest)

    def sha256(self, name: str) -> str:
        return digest(self.path(name))


@functools.lru_cache(None)
def digest(path: str) -> str:
    """Of the whole file, which stays as it is as long as this runs."""
    whole = hashlib.sha256()
    with open(path, "rb") as f:
        while part := f.read(1 << 24):
            whole.update(part)
    return whole.hexdigest()
