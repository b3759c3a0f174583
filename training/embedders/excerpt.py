"""python3 -m embedders.excerpt DATA OUT: a small collection of each manual of DATA for tests and the README: short sections
whose spans nobody trained on, and the headings that are their queries."""
import json
import os
import sys
from typing import Iterable

from embedders import corpora
from embedders.corpora import PILOTS, VALIDATION
from embedders.evaluate import judged

MOST, LONGEST = 60, 110


def save(path: str, rows: Iterable[str]):
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(row + "\n" for row in rows))


def excerpt(folder: str, out: str):
    collection = corpora.collection(folder)
    asked = {next(iter(grades)): query for query, grades in judged(folder).items()}
    texts = {row["_id"]: row["text"] for row in corpora.lines(corpora.one_of(folder, "queries.jsonl"))}
    held_out = [*collection.part(VALIDATION), *collection.part(PILOTS)]
    chosen = [d for d in (collection.documents[i] for i in sorted(held_out))
              if d.id in asked and len(d.text.split()) <= LONGEST][:MOST]
    os.makedirs(out, exist_ok=True)
    save(os.path.join(out, "corpus.jsonl"),
         (json.dumps({"_id": d.id, "title": "", "text": d.text}, ensure_ascii=False) for d in chosen))
    save(os.path.join(out, "queries.jsonl"),
         (json.dumps({"_id": asked[d.id], "text": texts[asked[d.id]]}, ensure_ascii=False) for d in chosen))
    save(os.path.join(out, "qrels.tsv"),
         ["query-id\tcorpus-id\tscore", *(f"{asked[d.id]}\t{d.id}\t1" for d in chosen)])
    print(f"{out}: {len(chosen)} sections")


if __name__ == "__main__":
    data, out = sys.argv[1:]
    for one in corpora.collections(data):
        excerpt(os.path.join(data, one.name), os.path.join(out, one.name))
