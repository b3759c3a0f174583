"""python3 -m embedders.excerpt DATA TRAINED OUT: a small collection of each manual of DATA for tests: short sections
whose spans nobody trained on, the headings that are their queries, and pilots of other sections from TRAINED."""
import json
import os
import sys
from typing import Iterable

from embedders import corpora, pilots
from embedders.corpora import PILOTS, VALIDATION
from embedders.evaluate import judged

MOST, LONGEST, PILOTS_EACH = 60, 110, 60


def save(path: str, rows: Iterable[str]):
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(row + "\n" for row in rows))


def excerpt(folder: str, trained: str, out: str):
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
    shown = {d.id for d in chosen}
    others = [row for row in corpora.lines(pilots.path(trained, collection.name)) if row["document"] not in shown]
    save(pilots.path(os.path.dirname(out), collection.name),
         (json.dumps(row, ensure_ascii=False) for row in others[:PILOTS_EACH]))
    print(f"{out}: {len(chosen)} sections, {min(PILOTS_EACH, len(others))} pilots")


if __name__ == "__main__":
    data, trained, out = sys.argv[1:]
    for one in corpora.collections(data):
        excerpt(os.path.join(data, one.name), trained, os.path.join(out, one.name))
