"""Copies the chosen files of training/out to models/, with golden replies of adapters and of experts kept as F16."""
import os
import shutil
import sys

from experts import ADAPTERS, KEPT, MEMBERS, MODELS as ALL, PEERS

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, MODELS = os.path.join(HERE, "out"), os.path.join(HERE, "..", "models")
LIMIT = 24 * 1000 * 1000


def copy(source: str, *target: str):
    path = os.path.join(MODELS, *target)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # Rename over the old file: a model that is mapped into memory must not change under its reader.
    shutil.copyfile(os.path.join(OUT, source), path + ".new")
    os.replace(path + ".new", path)


def chosen(name: str):
    """(file of training/out, where it goes under models/) of everything that is kept of an expert or adapter."""
    if name in ADAPTERS:
        yield (f"{name}.gguf",), ("adapters", f"{name}.gguf")
        yield ("golden", f"{name}.jsonl"), ("golden", "adapters", f"{name}.jsonl")
        return
    kind = ALL[name].kept
    yield (f"{name}.{kind}.gguf",), (f"{name}.gguf",)
    if kind == "F16":
        yield ("golden", f"{name}.jsonl"), ("golden", f"{name}.jsonl")


def main(names):
    for name in names or [*KEPT, *MEMBERS, *PEERS, *ADAPTERS]:
        for source, target in chosen(name):
            if os.path.exists(os.path.join(OUT, *source)):
                copy(os.path.join(*source), *target)
            else:
                print("not made yet:", *source)
    total = sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(MODELS) for f in fs)
    print(f"models/ holds {total / 1e6:.2f} MB")
    assert total <= LIMIT


if __name__ == "__main__":
    main(sys.argv[1:])
