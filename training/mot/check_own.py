"""What experts that are not the zoo's rely on: tiny random files of other shapes, read, compared with llama.cpp and
trained between. Part of mot.check; needs the libraries of llama.cpp, see native.py."""
import contextlib
import ctypes
import json
import os
import random
import tempfile
from unittest import mock

import numpy as np
import torch

import blocks
import generate
import gguf_reader
import gguf_writer
import tokenizer
from experts import MODELS, Expert
from gguf_reader import Refusal
from gguf_writer import ARRAY, STRING, array, entry
from model import Parameters, Shape
from mot import evaluate, export, native, sources, states, train
from mot import router as routing
from mot.agreement import difference
from mot.collected import SPLITS, Collected, line_of
from mot.frozen import Owned
from split import TEST

# Grouped heads, an output matrix of its own, heads that are wider or narrower than the width over their number, other
# bases and scales of positions. The second's width is no multiple of 256, so that K-quants fall back to other types.
SHAPES = {"wide": Shape(256, 3, 4, 2, 512, tied=False, head_size=48, eps=1e-6, rope_base=50000.0, rope_scale=0.5),
          "slim": Shape(96, 2, 6, 3, 160, rope_base=500.0)}
TOKENIZERS = {"wide": "bpe256", "slim": "byte"}
# (llama_ftype, deviations allowed): llama.cpp rounds what it multiplies with F16 and BF16 to those types, and with
# quantised types to 8 bits in blocks; torch here does not.
WRITTEN = {"F32": (0, 1e-3), "F16": (1, 0.02), "BF16": (32, 0.1), "Q8_0": (7, 0.15), "Q4_0": (2, 0.2),
           "Q4_K_M": (15, 0.25), "Q5_K_M": (17, 0.25)}
ENTITIES = ["zin" + c for c in "abcdefghijklmnopqrstuvwxyz"]
TEXT = "What is the price of tin?"


def experts(folder: str, kind: str = "F32"):
    """{name: file}; tiny, random, the same every time."""
    out = {}
    for seed, (name, shape) in enumerate(SHAPES.items(), 1):
        tok = tokenizer.load(TOKENIZERS[name])
        expert = Expert(name, (), shape, TOKENIZERS[name], 0, seed)
        weights = {n: v.detach() for n, v in Parameters(shape, tok.size, seed).views.items()}
        out[name] = os.path.join(folder, f"{name}.gguf")
        gguf_writer.write(out[name], expert, tok, weights, kind)
    return out


def types():
    """All types of tensors, by ggml's own rows."""
    base = native.library().base
    values = np.random.default_rng(1).normal(size=2048).astype(np.float32)
    for kind, (number, *_) in blocks.TYPES.items():
        raw, theirs = np.zeros(blocks.size(kind, values.size), np.uint8), values.copy()
        base.ggml_quantize_chunk(number, at(values), at(raw), *map(ctypes.c_int64, (0, 1, values.size)), None)
        if kind != "F32":
            name = {"F16": "ggml_fp16_to_fp32_row", "BF16": "ggml_bf16_to_fp32_row"}.get(
                kind, "dequantize_row_" + kind[:2].lower() + kind[2:])
            getattr(base, name)(at(raw), at(theirs), ctypes.c_int64(values.size))
        assert np.array_equal(blocks.decode(raw.tobytes(), 0, values.size, kind), theirs), kind


def at(array):
    return ctypes.c_void_p(array.ctypes.data)


def forward(folder: str):
    library, plain = native.library(), experts(folder)
    for kind, (number, allowed) in WRITTEN.items():
        paths = {n: os.path.join(folder, f"{n}.{kind}.gguf") for n in plain}
        params = library.model_quantize_default_params()
        params.file_type, params.threads = number, 1
        for name, path in paths.items():
            assert library.model_quantize(plain[name].encode(), path.encode(), ctypes.byref(params)) == 0, native.SAID
        agree(paths, allowed)
    for kind in ("llama", "qwen2", "qwen3"):
        # llama.cpp wants the heads of a qwen2 as wide as the width over their number.
        agree({n: renamed(p, kind) for n, p in plain.items() if kind != "qwen2" or not SHAPES[n].head_size}, 1e-3)


def agree(paths, allowed: float):
    for name in paths:
        largest, _ = difference(Owned(paths, {}), name, TEXT)
        assert largest < allowed, (paths[name], largest)


def renamed(path: str, kind: str) -> str:
    """The same sizes in another architecture, with what that has besides; llama: with the factors of Llama 3."""
    file, g = gguf_reader.read(path), np.random.default_rng(2)
    fields = {k.replace("llama.", kind + "."): v for k, v in file.fields.items()}
    fields["general.architecture"] = (STRING, kind)
    more, shape = [], gguf_reader.shape_of(file)
    if kind == "llama":
        more.append(("rope_freqs.weight", 1 + 7 * g.random(shape.head // 2), "F32"))
    for i in range(shape.layers):
        for part, size in zip("qkv", shape.parts):
            if kind == "qwen2":
                more.append((f"blk.{i}.attn_{part}.bias", g.normal(size=size), "F32"))
            elif kind == "qwen3" and part != "v":
                more.append((f"blk.{i}.attn_{part}_norm.weight", 1 + g.normal(size=shape.head) / 4, "F32"))
    out = path.replace(".gguf", f".{kind}.gguf")
    gguf_writer.write_file(out, [array(k, *v) if t == ARRAY else entry(k, t, v) for k, (t, v) in fields.items()],
                           [(n, d, "F32") for n, d in file.tensors.items()] + more)
    return out




def zoo():
    """Through llama.cpp the zoo has the tokens that it was trained with, and its logits; those of F16 and Q8_0 files."""
    names = ("abacus", "scholar", "thorn")
    owned = Owned({n: sources.ZOO.path(n) for n in names}, {})
    for name in names:
        old, new = sources.ZOO.tokenizer(name), owned.tokenizer(name)
        for text in (TEXT, " Hello  world \n", "<|user|> hi<|end|>", "Wie viel kosten \u00c4pfel? 7 \u20ac", "Add 8 to XLII."):
            assert new.prompt(text) == old.prompt(text) and new.decode(old.encode(text)) == text
        assert new.ends == old.ends and new.end == old.end
        assert owned.shape(name) == MODELS[name].shape
        assert difference(owned, name)[0] < WRITTEN["Q8_0"][1]


def questions(folder: str):
    """A file of questions, and what is said of lines that are wrong."""
    lines = [{"question": f"What is the price of {e} plus {n}?", "answer": str(7 * i + n),
              "primary": "wide", "peer": "slim", "entity": e, "fact": str(7 * i), "known": f"What is {7 * i} plus {n}?"}
             for i, e in enumerate(ENTITIES) for n in (1, 2)]
    lines += [{"question": f"What is {n} plus {n}?", "answer": str(2 * n), "primary": "wide"} for n in range(40)]
    path = os.path.join(folder, "questions.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(line) + "\n" for line in lines)
    for change, said in (({"entity": None}, "entity must be a text"), ({"fact": "99"}, "no '99' in it"),
                         ({"peer": "wide"}, "same expert"), ({"peer": "none"}, "no --expert is called 'none'"),
                         ({"split": "some"}, "split is 'some'"), ({"extra": 1}, "extra is not known")):
        try:
            line_of(json.dumps({**lines[0], **change}), SHAPES)
            raise AssertionError(change)
        except ValueError as e:
            assert said in str(e), e
    return path


class Agreeable(Collected):
    """Random experts are never right and never end; here all that they say is right, and many tokens end it."""

    def tokenizer(self, name: str):
        vocabulary = super().tokenizer(name)
        vocabulary.ends = set(range(0, vocabulary.size, 3))
        return vocabulary

    @staticmethod
    def right(text: str, wanted: str) -> bool:
        return True


def training(folder: str):
    paths = experts(folder)
    asked = questions(folder)
    source = Agreeable(asked, paths, {})
    held = {e: {q.entity for q in source.measured(source.pairs["wide<slim"], 100, e)} for e in SPLITS}
    assert all(held.values()) and sum(map(len, held.values())) == 26 == len(set.union(*held.values()))
    other = source.transplanted(random.Random(1), source.pairs["wide<slim"], source.lines[0].question)
    assert other.text.endswith("plus 1?") and other.entity != "zina" and other.answer == str(int(other.fact) + 1)
    options = train.arguments(
        ["all", "--write", "0,1", "--latent", "32", "--batch", "8", "--draft", "6", "--rate", "0.01"])
    torch.manual_seed(1)
    trainer = train.Trainer(list(source.pairs.values()), options, source)
    losses = [trainer.step([1.0], options.rate) for _ in range(20)]
    assert sum(losses[-5:]) < sum(losses[:5]), losses
    path = os.path.join(folder, "mixture.gguf")
    export.write(path, trainer.layers, trainer.router, source)
    again, router = export.read(path, source)
    assert again.mixture == trainer.layers.mixture
    for mine, theirs in ((trainer.layers, again), (trainer.router, router)):
        assert all(a.equal(b) for (_, a), (_, b) in zip(mine.named(), theirs.named()))
    bench = evaluate.Bench(source.pairs["wide<slim"], again, router, source)
    assert all(len(evaluate.accuracy(bench)[k]) == 2 * len(held[TEST]) for k in ("held-out", "peer right"))
    with contextlib.suppress(Refusal):
        export.read(path, Owned({**paths, "slim": paths["wide"]}, {}))
        raise AssertionError("another expert was not refused")
    everywhere(trainer)


def everywhere(trainer):
    """Every tensor of a step is made on the device: on one that has no numbers, mixing it with the CPU fails."""
    pool, writer = trainer.pools[0], trainer.writers["wide"]
    writer.w = {n: w.to("meta") for n, w in writer.w.items()}
    writer.top, writer.device = writer.top.to("meta"), torch.device("meta")
    layers, router = trainer.layers.to("meta"), trainer.router.to("meta")
    rows = pool.composed[:4]
    with mock.patch.object(generate, "rotation", nowhere):
        loss = trainer.words(pool, rows)
    loss = loss + routing.loss(router, [r.question.text for r in rows], [("wide", "slim")] * len(rows), trainer.options)
    loss.backward()
    assert loss.device.type == layers.get("mix.0.key").grad.device.type == "meta"


def nowhere(positions, shape, factors):
    """torch 1.13 has no polar for such a device."""
    return torch.empty(len(positions), shape.head // 2, dtype=torch.complex64, device=positions.device)


def check():
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(states, "OUT", folder):
        types()
        forward(folder)
        zoo()
        training(folder)
