"""Learns the merges of the BPE tokenizers from training questions; run once, the result is committed."""
import json
import os
import random

import tokenizer
from sampling import SYSTEMS, example
from skills import SUBS


def main():
    rng = random.Random(7)
    texts = SYSTEMS * 20
    for sub in SUBS.values():
        for _ in range(800):
            question, problem, _ = example(rng, sub)
            texts += [question, problem.reply]
    folder = os.path.join(tokenizer.HERE, "tokenizers")
    os.makedirs(folder, exist_ok=True)
    merges = tokenizer.learn(texts, 640)
    for count in (256, 640):
        with open(os.path.join(folder, f"bpe{count}.json"), "w", encoding="utf-8") as f:
            json.dump(merges[:count], f, ensure_ascii=False)


if __name__ == "__main__":
    main()
