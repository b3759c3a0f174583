"""Copies the chosen files of training/out to models/, with the golden replies of experts kept as F16."""
import os
import shutil
import sys

from experts import EXPERTS, KEPT

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, MODELS = os.path.join(HERE, "out"), os.path.join(HERE, "..", "models")
LIMIT = 14 * 1000 * 1000


def copy(source: str, *target: str):
    path = os.path.join(MODELS, *target)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # Rename over the old file: a model that is mapped into memory must not change under its reader.
    shutil.copyfile(os.path.join(OUT, source), path + ".new")
    os.replace(path + ".new", path)


def main(names):
    for name in names or KEPT:
        kind = EXPERTS[name].kept
        if not os.path.exists(os.path.join(OUT, f"{name}.{kind}.gguf")):
            print("not trained yet:", name)
            continue
        copy(f"{name}.{kind}.gguf", f"{name}.gguf")
        if kind == "F16" and os.path.exists(os.path.join(OUT, "golden", name + ".jsonl")):
            copy(os.path.join("golden", name + ".jsonl"), "golden", name + ".jsonl")
    total = sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(MODELS) for f in fs)
    print(f"models/ holds {total / 1e6:.2f} MB")
    assert total <= LIMIT


if __name__ == "__main__":
    main(sys.argv[1:])
