"""Accuracy of experts and adapters (merged into their base) in torch on held-out questions.

  evaluate.py own NAME...     owned sub-skills: 100 fresh test problems each, ordinary wording (10 for who owns all)
  evaluate.py tune NAME...    the same on the validation split, the one to choose settings by
  evaluate.py golden NAME...  200 own test prompts and the greedy output, for comparison with llama.cpp
  evaluate.py matrix NAME...  models/data/test.jsonl by skill (all skills), written to out/matrix/NAME.json
"""
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
from collections import defaultdict  # noqa: E402

import torch  # noqa: E402

import datasets  # noqa: E402
import gguf_reader  # noqa: E402
import lora  # noqa: E402
import tokenizer  # noqa: E402
from experts import ADAPTERS, MODELS  # noqa: E402
from generate import Decoder, final, rounded  # noqa: E402
from skills import KNOWN  # noqa: E402
from skills.base import ORDINARY  # noqa: E402
from split import TEST, VALIDATION  # noqa: E402

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "out")


def decoder(name: str, temperature=0.0) -> Decoder:
    """The model as trained here, else as committed."""
    expert = MODELS[ADAPTERS[name].base if name in ADAPTERS else name]
    if name in ADAPTERS:
        weights = lora.load(first(os.path.join(OUT, name + ".gguf"), committed("adapters", name)), ADAPTERS[name])
    elif os.path.exists(os.path.join(OUT, name + ".pt")):
        weights = rounded(torch.load(os.path.join(OUT, name + ".pt"))["weights"])
    else:
        weights = gguf_reader.weights(gguf_reader.read(committed(name)))
    return Decoder(expert, tokenizer.load(expert.tokenizer), weights, temperature)


def committed(*name: str) -> str:
    return os.path.join(lora.MODELS, *name) + ".gguf"


def first(*paths: str) -> str:
    return next(p for p in paths if os.path.exists(p))


def ask(model: Decoder, questions, limit: int = 120):
    return [model.tok.decode(r) for r in model.answer([model.tok.prompt(q) for q in questions], limit)]


def held_out(sub, count: int, seed: int, split=TEST):
    rows = datasets.take(random.Random(seed), sub, split, datasets.of_kind(sub, ORDINARY), count, set())
    return [(q, p.answer) for q, p, _ in rows]


def save(folder: str, name: str, text: str):
    os.makedirs(os.path.join(OUT, folder), exist_ok=True)
    with open(os.path.join(OUT, folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def own(name: str, folder="own", split=TEST):
    """[accuracy, problems] of each owned sub-skill; an adapter's entry ends with the accuracy of its base."""
    models = [decoder(n) for n in ([name, ADAPTERS[name].base] if name in ADAPTERS else [name])]
    subs, scores = (ADAPTERS.get(name) or MODELS[name]).subs, {}
    for sub in subs:
        rows = held_out(KNOWN[sub], 100 if len(subs) <= 3 else 10, 5, split)
        wrongs = []
        for model in models:
            replies = ask(model, [q for q, _ in rows])
            wrongs.append([(q, a, r) for (q, a), r in zip(rows, replies) if final(r) != a])
        share, *base = [round(100 * (1 - len(w) / len(rows)), 1) for w in wrongs]
        scores[sub] = [share, len(rows), *base]
        print(f"{name} {sub} {share} of {len(rows)}", *(f"(base {b})" for b in base), flush=True)
        for q, a, r in wrongs[0][:2]:
            print(f"    {q} | want {a} | got {r}")
    save(folder, name + ".json", json.dumps(scores))


def tune(name: str):
    own(name, "tune", VALIDATION)


def golden(name: str):
    model, rows = decoder(name), []
    # Facts first: what their small test split lacks, the generated problems of the others make up for.
    subs = (ADAPTERS.get(name) or MODELS[name]).subs
    subs = sorted((KNOWN[s] for s in subs), key=lambda s: (not s.key_has_template, s.full_name))
    for i, sub in enumerate(subs):
        rows += [q for q, _ in held_out(sub, (200 - len(rows)) // (len(subs) - i), 6)]
    lines = [json.dumps({"question": q, "torch": r}) for q, r in zip(rows, ask(model, rows))]
    save("golden", name + ".jsonl", "\n".join(lines) + "\n")
    print(name, "golden", len(lines))


def matrix(name: str):
    with open(os.path.join(datasets.OUT, "test.jsonl"), encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    replies = ask(decoder(name), [r["question"] for r in rows], 80)
    hits = defaultdict(list)
    for row, reply in zip(rows, replies):
        hit = final(reply) == row["reference"]
        tags = row["tags"]
        kind = "shared" if tags["wording"] == "shared" else tags["phrasing"]
        for group in (tags["skill"], tags["sub_skill"], f"{tags['sub_skill']}/{kind}", "all"):
            hits[group].append(hit)
    result = {g: [sum(h), len(h)] for g, h in hits.items()}
    save("matrix", name + ".json", json.dumps(result))
    print(name, {g: f"{100 * a / n:.0f}" for g, (a, n) in result.items() if "." not in g}, flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for expert in sys.argv[2:]:
        {"own": own, "tune": tune, "golden": golden, "matrix": matrix}[sys.argv[1]](expert)
