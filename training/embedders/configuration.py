"""The part of the service's configuration that names the files of a folder. Paths are relative to it."""
from typing import List

BASE, SHARED, MULTITASK = "encoder", "shared", "multitask"


def expert_id(collection: str) -> str:
    return collection + "-expert"


def one(id: str, adapter: str) -> str:
    lines = [f"  - id: {id}", "    purpose: embed", "    file: encoder.gguf"]
    if adapter:
        lines += [f"    adapter: {adapter}.gguf", f"    queries_for: {BASE}"]
    return "\n".join([*lines, "    pooling: cls"])


def text(collections: List[str]) -> str:
    """Of the two multi-task encoders only the longer trained one, to compare with: whoever is listed under another id is an
    expert that queries may be routed to."""
    ids = [(BASE, ""), *((expert_id(c), expert_id(c)) for c in collections), (MULTITASK, MULTITASK + "-long")]
    return "\n".join(["# Written by embedders.train. Pilots are made by `orchestrator train pilots`.",
                      "experts:", *(one(*i) for i in ids), "", "retrieval:", f"  base: {BASE}", "  pilots: pilots.json", ""])
