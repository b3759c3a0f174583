"""Reads GGUF files: metadata with its types, tensors as fp32, each decoded when it is asked for. Training on top of a
file needs the weights that llama.cpp will multiply with, and those are the rounded ones of the file, not the ones of a
checkpoint."""
import math
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Dict, Tuple

import numpy as np
import torch

import blocks
from gguf_writer import ALIGNMENT, ARRAY, STRING
from model import EPS, ROPE_BASE, Shape

# Letters of struct by GGUF's number of the type.
SCALARS = dict(enumerate("BbHhIif?")) | dict(zip((10, 11, 12), "Qqd"))
# Whether q and k are turned in halves, not in neighbouring pairs.
ARCHITECTURES = {"llama": False, "qwen2": True, "qwen3": True}
PLAIN = ("attn_norm", "attn_output", "ffn_norm", "ffn_down")


class Refusal(Exception):
    """What training cannot use: where, what is wrong with it, what is allowed."""


class Tensors(Mapping):
    """name: fp32 array, decoded anew each time."""

    def __init__(self, raw, infos):
        self.raw, self.infos = raw, infos

    def __getitem__(self, name: str) -> np.ndarray:
        dims, kind, at = self.infos[name]
        return blocks.decode(self.raw, at, math.prod(dims), kind).reshape(dims[::-1])

    def __iter__(self):
        return iter(self.infos)

    def __len__(self):
        return len(self.infos)


@dataclass
class File:
    path: str
    fields: Dict[str, Tuple[int, object]]  # key: (type, value); an array's value is (type of an item, items)
    tensors: Tensors

    def __getitem__(self, key: str):
        return self.fields[key][1]

    def own(self, key: str, default=None):
        """The value of a key of the file's architecture."""
        key = f"{self['general.architecture']}.{key}"
        if key not in self.fields and default is None:
            raise Refusal(f"'{self.path}' has no {key}")
        return self.fields.get(key, (0, default))[1]

    @property
    def kinds(self) -> Dict[str, str]:
        return {n: kind for n, (_, kind, _) in self.tensors.infos.items()}


class Cursor:
    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def take(self, form: str):
        values = self.many(form)
        return values[0] if len(values) == 1 else values

    def many(self, form: str):
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def string(self) -> str:
        size = self.take("Q")
        self.at += size
        return self.raw[self.at - size:self.at].decode(errors="replace")

    def value(self, kind: int):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            of, count = self.take("IQ")
            if of in SCALARS:
                return of, list(self.many(f"{count}{SCALARS[of]}"))
            return of, [self.value(of) for _ in range(count)]
        return self.take(SCALARS[kind])


def read(path: str) -> File:
    try:
        with open(path, "rb") as f:
            raw = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        return parsed(path, Cursor(raw))
    except (OSError, ValueError, KeyError, struct.error) as e:
        raise Refusal(f"'{path}' cannot be read as a GGUF file of version 3: {e}") from e


def parsed(path: str, cursor: Cursor) -> File:
    magic, version, count, keys = cursor.take("4sIQQ")
    if magic != b"GGUF" or version != 3:
        raise ValueError(f"it begins with {magic} and version {version}")
    fields, infos = {}, {}
    for _ in range(keys):
        key, kind = cursor.string(), cursor.take("I")
        fields[key] = (kind, cursor.value(kind))
    for _ in range(count):
        name, rank = cursor.string(), cursor.take("I")
        infos[name] = ([cursor.take("Q") for _ in range(rank)], cursor.take("I"), cursor.take("Q"))
    alignment = fields.get("general.alignment", (0, ALIGNMENT))[1]
    start = cursor.at + -cursor.at % alignment
    for name, (dims, number, offset) in infos.items():
        if number not in blocks.NAMES:
            raise Refusal(f"'{path}': tensor {name} has the type number {number}; "
                          f"allowed are {', '.join(blocks.TYPES)}")
        kind = blocks.NAMES[number]
        if start + offset + blocks.size(kind, math.prod(dims)) > len(cursor.raw):
            raise ValueError(f"tensor {name} ends after the file")
        infos[name] = (dims, kind, start + offset)
    return File(path, fields, Tensors(cursor.raw, infos))


def shape_of(file: File) -> Shape:
    """Refuses whatever would make the forward of generate.py another one than that of llama.cpp."""
    kind = file["general.architecture"]
    if kind not in ARCHITECTURES:
        raise Refusal(f"'{file.path}' is of architecture '{kind}'; allowed are {', '.join(ARCHITECTURES)}")
    width, heads = file.own("embedding_length"), file.own("attention.head_count")
    head = file.own("attention.key_length", width // heads if isinstance(heads, int) else 0)
    scaling, factor = file.own("rope.scaling.type", "linear"), file.own("rope.scaling.factor", 0.0)
    factor = factor or file.own("rope.scale_linear", 0.0)
    values = {"attention.head_count": heads, "attention.head_count_kv": file.own("attention.head_count_kv", heads),
              "feed_forward_length": file.own("feed_forward_length")}
    for key, value in values.items():
        if not isinstance(value, int):
            raise Refusal(f"'{file.path}': {key} differs from block to block; it must be one number")
    for key, value, allowed in (
            ("expert_count", file.own("expert_count", 0), (0,)), ("rope.scaling.type", scaling, ("none", "linear")),
            ("attention.value_length", file.own("attention.value_length", head), (head,)),
            ("rope.dimension_count", file.own("rope.dimension_count", head), (head,)),
            ("split.count", file.fields.get("split.count", (0, 0))[1], (0, 1))):
        if value not in allowed:
            raise Refusal(f"'{file.path}': {key} is {value}; allowed is {' or '.join(map(str, allowed))}")
    return Shape(width, file.own("block_count"), *values.values(), tied="output.weight" not in file.tensors,
                 head_size=0 if head * heads == width else head,
                 eps=shortest(file.own("attention.layer_norm_rms_epsilon", EPS)),
                 rope_base=shortest(file.own("rope.freq_base", ROPE_BASE)),
                 rope_scale=1 / shortest(factor) if factor and scaling == "linear" else 1.0)


def shortest(number: float) -> float:
    """The decimal that was meant by a number of 32 bits."""
    return float(str(np.float32(number)))


def interleaved(t, head: int):
    """Rows of heads that are turned in halves, in the order in which neighbours are turned together: what q and k have
    in common with each other stays the same."""
    return t.view(-1, 2, head // 2, t[0].numel()).transpose(1, 2).reshape(t.shape)


def weights(file: File, dtype=torch.float32, device="cpu") -> Dict[str, torch.Tensor]:
    """The fused matrices that model.py and generate.py work with; the inverse of gguf_writer.tensors. Matrices in
    `dtype`, the others in fp32."""
    shape, left = shape_of(file), set(file.tensors)
    halves = ARCHITECTURES[file["general.architecture"]]

    def one(name: str, turned=False):
        if name not in left:
            raise Refusal(f"'{file.path}' has no tensor {name}")
        left.remove(name)
        t = torch.from_numpy(file.tensors[name])
        t = interleaved(t, shape.head) if turned and halves else t
        return t.to(device, dtype if t.dim() > 1 else torch.float32)

    out = {n: one(n + ".weight") for n in ("token_embd", "output_norm")}
    out.update({n: one(n + ".weight") for n in ("output", "rope_freqs") if n + ".weight" in left})
    for i in range(shape.layers):
        p = f"blk.{i}."
        out.update({p + n: one(p + n + ".weight") for n in PLAIN})
        out[p + "qkv"] = torch.cat([one(f"{p}attn_{n}.weight", n != "v") for n in "qkv"])
        out[p + "gate_up"] = torch.cat([one(p + n + ".weight") for n in ("ffn_gate", "ffn_up")])
        if p + "attn_q.bias" in left:
            out[p + "qkv.bias"] = torch.cat([one(f"{p}attn_{n}.bias", n != "v") for n in "qkv"])
        if p + "attn_q_norm.weight" in left:
            out[p + "qk_norm"] = torch.cat([one(f"{p}attn_{n}_norm.weight", True).expand(count, -1)
                                            for n, count in (("q", shape.heads), ("k", shape.kv_heads))])
    if left:
        raise Refusal(f"'{file.path}' has tensors that are not understood: {', '.join(sorted(left)[:5])}")
    return out
