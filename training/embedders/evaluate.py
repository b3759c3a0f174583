"""python3 -m embedders.evaluate --data DIR --out OUT: nDCG@10 of the files of OUT with the judgments of DIR.

A development aid; `orchestrator eval-retrieval` measures the service. Nothing here is read by training."""
import argparse
import gzip
import os
import sys
from typing import Dict, List

import torch

from gguf_reader import Refusal
from embedders import corpora, files, metrics
from embedders.configuration import BASE, MULTITASK, SHARED, expert_id
from embedders.teacher import Teacher

CONSTANT = 60


def judged(folder: str) -> Dict[str, Dict[str, float]]:
    path, rated = corpora.one_of(folder, "qrels.tsv"), {}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        for line in file.read().splitlines()[1:]:
            query, document, grade = line.split("\t")
            rated.setdefault(query, {})[document] = float(grade)
    return {q: grades for q, grades in rated.items() if max(grades.values()) > 0}


class Judged:
    """Queries of a collection that have a relevant document."""

    def __init__(self, folder: str, collection: corpora.Collection, vocabulary):
        texts = {row["_id"]: row["text"] for row in corpora.lines(corpora.one_of(folder, "queries.jsonl"))}
        grades = {q: g for q, g in judged(folder).items() if q in texts}
        self.gains, self.queries = list(grades.values()), [vocabulary.encode(texts[q]) for q in grades]
        self.ids = [d.id for d in collection.documents]

    def measure(self, scores: torch.Tensor) -> float:
        """Mean nDCG@10 of scores [Q,N], in percent."""
        best = scores.topk(min(10, len(self.ids))).indices.tolist()
        found = [metrics.ndcg([self.ids[i] for i in row], gains) for row, gains in zip(best, self.gains)]
        return 100 * sum(found) / len(found)


def fused(*scores: torch.Tensor) -> torch.Tensor:
    """Reciprocal rank fusion."""
    return sum(1 / (CONSTANT + 1 + s.argsort(1, descending=True).argsort(1)) for s in scores)


def rows(folder: str, collection: corpora.Collection, out: str, names: List[str]) -> Dict[str, float]:
    encoder, vocabulary = files.read_encoder(os.path.join(out, BASE + ".gguf"))
    judgments = Judged(folder, collection, vocabulary)
    tokens = [vocabulary.encode(d.whole) for d in collection.documents]
    documents, teacher = encoder.vectors(tokens), Teacher(tokens, len(vocabulary), seed=1)
    lexical = teacher.lexical.scores(judgments.queries)
    found = {"BM25": lexical, "LSA of the collection": teacher.latent(judgments.queries),
             "teacher": teacher.scores(judgments.queries), BASE: encoder.vectors(judgments.queries) @ documents.t()}
    for name in [*map(expert_id, names), SHARED, MULTITASK, MULTITASK + "-long"]:
        path = os.path.join(out, name + ".gguf")
        if os.path.exists(path):
            found[name] = files.read_adapter(path, encoder).vectors(judgments.queries) @ documents.t()
    for name in (BASE, expert_id(collection.name)):
        found["BM25 + " + ("own expert" if name != BASE else BASE)] = fused(lexical, found[name])
    found["own expert"] = found[expert_id(collection.name)]
    return {name: judgments.measure(scores) for name, scores in found.items()}


def main():
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(prog="embedders.evaluate", description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    given = parser.parse_args()
    names = [c.name for c in corpora.collections(given.data)]
    table = [rows(os.path.join(given.data, c.name), c, given.out, names) for c in corpora.collections(given.data)]
    print("| nDCG@10 | " + " | ".join(names) + " | mean |\n" + "| --- " * (len(names) + 2) + "|")
    for name in table[0]:
        values = [t[name] for t in table if name in t]
        if len(values) == len(table):
            print(f"| {name} | " + " | ".join(f"{v:.1f}" for v in values) + f" | {sum(values) / len(values):.1f} |")


if __name__ == "__main__":
    try:
        main()
    except Refusal as e:
        sys.exit(f"embedders.evaluate: {e}")
