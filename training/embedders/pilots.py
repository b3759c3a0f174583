"""Query-like spans of documents that no expert was trained on: what the pilot library is built from."""
import json
import os
import random

from embedders.corpora import PILOTS
from embedders.material import Material

COUNT = 300


def write(path: str, material: Material, seed: int):
    rng, part = random.Random(seed + 11), material.collection.part(PILOTS)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(COUNT):
            one = material.one(rng, part)
            file.write(json.dumps({"_id": f"{material.name}-{number}", "text": one.span.text,
                                   "document": material.collection.documents[one.document].id,
                                   "domain": material.name}, ensure_ascii=False) + "\n")


def path(out: str, collection: str) -> str:
    return os.path.join(out, collection, "pilots.jsonl")
