"""Reads a GGUF file of this zoo back: metadata with its types, tensors as fp32. Training on top of a file needs the
weights that llama.cpp will multiply with, and those are the rounded ones of the file, not the ones of a checkpoint."""
import math
import struct
from dataclasses import dataclass
from typing import Dict, Tuple

import numpy as np
import torch

from gguf_writer import ALIGNMENT, ARRAY, BOOL, F32, I32, STRING, TYPES, U32
from model import Shape

KINDS = {n: k for k, n in TYPES.items()}


@dataclass
class File:
    fields: Dict[str, Tuple[int, object]]  # key: (type, value); an array's value is (type of an item, items)
    tensors: Dict[str, np.ndarray]
    kinds: Dict[str, str]

    def __getitem__(self, key: str):
        return self.fields[key][1]


class Cursor:
    def __init__(self, raw: bytes):
        self.raw, self.at = raw, 0

    def take(self, form: str):
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def string(self) -> str:
        size = self.take("Q")
        self.at += size
        return self.raw[self.at - size:self.at].decode()

    def value(self, kind: int):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            of, count = self.take("IQ")
            return of, [self.value(of) for _ in range(count)]
        return self.take({U32: "I", F32: "f", BOOL: "?", I32: "i"}[kind])


def decode(raw: bytes, at: int, dims, kind: str) -> np.ndarray:
    count = math.prod(dims)
    if kind in ("F32", "F16"):
        flat = np.frombuffer(raw, "<f4" if kind == "F32" else "<f2", count, at).astype(np.float32)
    else:
        size = {"Q8_0": 34, "Q4_0": 18}[kind]
        blocks = np.frombuffer(raw, np.uint8, count // 32 * size, at).reshape(-1, size)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        q = blocks[:, 2:]
        # Q4_0 keeps the first half of a block in the low nibbles and the second in the high ones.
        q = q.view(np.int8) if kind == "Q8_0" else np.concatenate([q & 15, q >> 4], 1).astype(np.int8) - 8
        flat = scale * q
    return flat.reshape(dims[::-1])


def read(path: str) -> File:
    with open(path, "rb") as f:
        cursor = Cursor(f.read())
    magic, version, count, keys = cursor.take("4sIQQ")
    assert magic == b"GGUF" and version == 3, path
    fields, infos = {}, []
    for _ in range(keys):
        key, kind = cursor.string(), cursor.take("I")
        fields[key] = (kind, cursor.value(kind))
    for _ in range(count):
        name, rank = cursor.string(), cursor.take("I")
        dims = [cursor.take("Q") for _ in range(rank)]
        infos.append((name, dims, KINDS[cursor.take("I")], cursor.take("Q")))
    start = cursor.at + -cursor.at % ALIGNMENT
    return File(fields, {n: decode(cursor.raw, start + o, d, k) for n, d, k, o in infos},
                {n: k for n, _, k, _ in infos})


def shape_of(file: File) -> Shape:
    sizes = (file["llama." + k] for k in ("embedding_length", "block_count", "attention.head_count",
                                          "attention.head_count_kv", "feed_forward_length"))
    return Shape(*sizes, tied="output.weight" not in file.tensors)


def weights(file: File) -> Dict[str, torch.Tensor]:
    """The fused matrices that model.py and generate.py work with; the inverse of gguf_writer.tensors."""
    t = {n[:-len(".weight")]: torch.from_numpy(d.copy()) for n, d in file.tensors.items()}
    for i in range(file["llama.block_count"]):
        p = f"blk.{i}."
        t[p + "qkv"] = torch.cat([t.pop(p + n) for n in ("attn_q", "attn_k", "attn_v")])
        t[p + "gate_up"] = torch.cat([t.pop(p + n) for n in ("ffn_gate", "ffn_up")])
    return t
