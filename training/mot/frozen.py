"""Frozen experts: files, and what is made of them."""
import functools
import hashlib
from dataclasses import dataclass

import torch

import gguf_reader
from generate import Decoder
from gguf_reader import Refusal
from model import Shape
from mot.vocabulary import Vocabulary

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

    def manner(self, name: str):
        """What else its states depend on, other than in the zoo."""
        return [] if self.dtype == torch.float32 else [self.dtype]

    def sha256(self, name: str) -> str:
        return digest(self.path(name))


class Owned(Frozen):
    """Experts by their files; their tokens and the chat form are those that llama.cpp finds in there."""

    def __init__(self, paths, templates, *rest):
        super().__init__(*rest)
        if strange := set(templates) - set(paths):
            raise Refusal(f"--template names '{strange.pop()}', which no --expert is called")
        self.paths, self.templates, self.vocabularies = paths, templates, {}

    def path(self, name: str) -> str:
        if name not in self.paths:
            raise Refusal(f"no --expert is called '{name}'; there are {', '.join(self.paths)}")
        return self.paths[name]

    def tokenizer(self, name: str) -> Vocabulary:
        if name not in self.vocabularies:
            self.vocabularies[name] = Vocabulary(self.path(name), self.templates.get(name, ""))
        return self.vocabularies[name]

    def manner(self, name: str):
        return [*super().manner(name), *([self.templates[name]] if name in self.templates else [])]


@functools.lru_cache(None)
def digest(path: str) -> str:
    """Of the whole file, which stays as it is as long as this runs."""
    whole = hashlib.sha256()
    with open(path, "rb") as f:
        while part := f.read(1 << 24):
            whole.update(part)
    return whole.hexdigest()
