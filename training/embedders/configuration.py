"""The part of the service's configuration that names the files of a folder. Paths are relative to it."""
from typing import List

BASE, MULTITASK = "encoder", "multitask"


def expert_id(collection: str) -> str:
    return collection + "-expert"


def one(id: str, adapter: bool) -> str:
    lines = [f"  {id}:", "    purpose: embed", "    file: encoder.gguf"]
    if adapter:
        lines += [f"    adapter: {id}.gguf", f"    queries_for: {BASE}"]
    return "\n".join([*lines, "    pooling: cls"])


def text(collections: List[str]) -> str:
    ids = [(BASE, False), *((expert_id(c), True) for c in collections), (MULTITASK, True)]
    return "\n".join(["# Written by embedders.train. Pilots are made by `orchestrator train pilots`.",
                      "experts:", *(one(*i) for i in ids), "", "retrieval:", f"  base: {BASE}", "  pilots: pilots.json", ""])
