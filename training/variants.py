"""Writes Q4_0 twins of committed experts: python3 training/variants.py [NAME...], then their accuracy on validation.

These widths (96, 128, 160) are no multiples of 256, so the K-quants do not fit them; Q4_0 works on blocks of 32. The
embedding, which is the output matrix too, stays Q8_0: llama.cpp's own tool also spares it. A twin is made from the
committed file, which mostly is Q8_0 already, so its error is that of two roundings."""
import json
import os
import sys

import evaluate  # noqa: I001  (first: it sets the thread counts before torch is loaded)

import gguf_reader
import tokenizer
from experts import EXPERTS
from generate import Decoder, final
from gguf_writer import ARRAY, FILE_TYPES, STRING, U32, array, entry, write_file
from skills import SUBS
from split import VALIDATION

FOLDER = os.path.join(evaluate.lora.MODELS, "variants")
TWINS = ("abacus", "consul", "generalist", "loom")
SPARED = ("token_embd.weight", "output.weight")


def kind_of(name: str, data) -> str:
    return "F32" if data.ndim == 1 else "Q8_0" if name in SPARED else "Q4_0"


def twin(name: str) -> str:
    source = gguf_reader.read(evaluate.committed(name))
    fields = {**source.fields, "general.name": (STRING, name + ".q4_0"),
              "general.description": (STRING, source["general.description"] + " (Q4_0 twin)"),
              "general.file_type": (U32, FILE_TYPES["Q4_0"])}
    meta = [array(k, *v) if kind == ARRAY else entry(k, kind, v) for k, (kind, v) in fields.items()]
    os.makedirs(FOLDER, exist_ok=True)
    path = os.path.join(FOLDER, name + ".q4_0.gguf")
    write_file(path + ".new", meta, [(n, d, kind_of(n, d)) for n, d in source.tensors.items()])
    os.replace(path + ".new", path)
    return path


def accuracy(name: str, path: str):
    """Hits on the owned sub-skills in percent, and how many replies are the same text as the committed file's."""
    expert = EXPERTS[name]
    each = 100 if len(expert.subs) <= 3 else 10
    rows = [r for s in expert.subs for r in evaluate.held_out(SUBS[s], each, 5, VALIDATION)]
    replies = []
    for file in (evaluate.committed(name), path):
        model = Decoder(expert, tokenizer.load(expert.tokenizer), gguf_reader.weights(gguf_reader.read(file)))
        replies.append(evaluate.ask(model, [q for q, _ in rows]))
    hits = [sum(final(r) == a for r, (_, a) in zip(some, rows)) for some in replies]
    return {"questions": len(rows), "committed": round(100 * hits[0] / len(rows), 1),
            "twin": round(100 * hits[1] / len(rows), 1), "same": sum(a == b for a, b in zip(*replies)),
            "bytes": [os.path.getsize(f) for f in (evaluate.committed(name), path)]}


if __name__ == "__main__":
    for expert_name in sys.argv[1:] or TWINS:
        record = accuracy(expert_name, twin(expert_name))
        evaluate.save("variants", expert_name + ".json", json.dumps(record))
        print(expert_name, record, flush=True)
