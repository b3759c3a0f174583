"""How often the reader is right when the passage is among three: python3 training/evaluate_reader.py [validation|test]."""
import json
import os
import random
import re
import sys
from collections import Counter

import torch

import tokenizer
from datasets import OUT
from experts import MODELS
from generate import Decoder, final, rounded
from reading import message
from train import OUT as TRAINED


def lines(name: str):
    with open(os.path.join(OUT, name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def main(split: str):
    expert = MODELS["reader"]
    tok, rng = tokenizer.load(expert.tokenizer), random.Random(1)
    documents = [d["text"] for d in lines("stock.jsonl")]
    rows, prompts = [q for q in lines(f"stock-{split}.jsonl") if q["tags"]["skill"] == "stock"], []
    for q in rows:
        named = next(d for d in documents if re.search(rf"\b{d.split()[0]}\b", q["question"]))
        passages = rng.sample([d for d in documents if d != named], 2) + [named]
        rng.shuffle(passages)
        prompts.append(tok.prompt(message(passages, q["question"])))
    weights = rounded(torch.load(os.path.join(TRAINED, "reader.pt"))["weights"])
    replies = Decoder(expert, tok, weights).answer(prompts, 60)
    right, asked = Counter(), Counter()
    for q, reply in zip(rows, replies):
        for group in ("all", q["tags"]["sub_skill"], q["tags"]["phrasing"]):
            asked[group] += 1
            right[group] += final(tok.decode(reply)) == q["reference"]
    print(split, {g: f"{100 * right[g] / n:.1f}% of {n}" for g, n in asked.items()})


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(sys.argv[1] if len(sys.argv) > 1 else "validation")
