"""Documents of a folder in BEIR layout, and which of them nothing is trained on."""
import glob
import gzip
import hashlib
import json
import os
from dataclasses import dataclass
from typing import List

from gguf_reader import Refusal

# Of 100 parts of the hash of an id: spans of the first are never trained on and choose settings and the best weights,
# those of the second are pilots, which an expert must not have learned by heart.
VALIDATION, PILOTS = range(0, 10), range(10, 20)
TRAIN = range(20, 100)


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title} {self.text}".strip()


@dataclass(frozen=True)
class Collection:
    name: str
    documents: List[Document]

    def part(self, which: range) -> List[int]:
        """Positions of the documents whose spans belong to that part."""
        return [i for i, d in enumerate(self.documents) if part_of(self.name, d.id) in which]


def part_of(collection: str, document: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{collection}/{document}".encode()).digest()[:4], "big") % 100


def lines(path: str):
    """Objects of a JSONL file, packed or not."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as e:
                    raise Refusal(f"'{path}', line {number}: not JSON: {e}") from e


def one_of(folder: str, name: str) -> str:
    for path in (os.path.join(folder, name), os.path.join(folder, name + ".gz")):
        if os.path.exists(path):
            return path
    raise Refusal(f"'{folder}' has neither {name} nor {name}.gz")


def collection(folder: str) -> Collection:
    path, documents = one_of(folder, "corpus.jsonl"), []
    for row in lines(path):
        if not isinstance(row.get("_id"), str) or not isinstance(row.get("text"), str):
            raise Refusal(f"'{path}', document {len(documents) + 1}: _id and text must be texts")
        documents.append(Document(row["_id"], row.get("title") or "", row["text"]))
    if len({d.id for d in documents}) != len(documents):
        raise Refusal(f"'{path}': an _id is there twice")
    if len(documents) < 50:
        raise Refusal(f"'{path}' has {len(documents)} documents; an expert needs at least 50")
    return Collection(os.path.basename(os.path.normpath(folder)), documents)


def collections(folder: str) -> List[Collection]:
    found = sorted(os.path.dirname(p) for p in glob.glob(os.path.join(folder, "*", "corpus.jsonl*")))
    if not found:
        raise Refusal(f"'{folder}' has no NAME/corpus.jsonl or NAME/corpus.jsonl.gz")
    return [collection(f) for f in dict.fromkeys(found)]
