"""Seeds, single pairs, controls and variants, each trained once and measured question by question.

  python3 -m mot.study run [NAME...]      what is missing of the runs below (hours of one core), or those named alone
  python3 -m mot.study report FILE        a Markdown table of what is there, with intervals

Each run leaves training/out/mot/study/NAME.json and, if it is a mixture, NAME.gguf."""
import json
import os
import sys

import torch

from mot import export, states, train
from mot.controls import CONTROLS, control
from mot.evaluate import accuracy, content, measure, mistaken
from mot.pairs import PAIRS

FOLDER = os.path.join(states.OUT, "study")
SEEDS = (1, 2, 3)
SHARED = ["--steps", "1200"]
SHORT, PAIR, CONTROL = (["--steps", n, "--router-steps", "0"] for n in ("500", "400", "400"))
# Less than half as long; the first is what the others are to be compared with.
VARIANTS = {"none": [], "two peers": ["--peers", "2"], "stacks": ["--read", "stacks"],
            "words alone": ["--entropy", "0", "--load-balance", "0", "--consistency", "0"]}


def runs():
    """{name: (control or none, arguments of train.py)}, what the report needs most first."""
    out = {f"all {s}": ("", ["all", *SHARED, "--seed", str(s)]) for s in SEEDS}
    out.update({f"variant {n}": ("", ["all", *SHORT, *options]) for n, options in VARIANTS.items()})
    for s in SEEDS:
        out.update({f"alone {p} {s}": ("", [p, *PAIR, "--seed", str(s)]) for p in PAIRS})
        out.update({f"{c} {p} {s}": (c, [p, *CONTROL, "--seed", str(s)]) for c in CONTROLS for p in PAIRS})
    return out


def run(name: str, kind: str, given):
    options = train.arguments(given)
    if kind:
        return {options.pairs[0]: control(kind, options.pairs[0], options)}
    options.out = os.path.join(FOLDER, name.replace("<", "-") + ".gguf")
    train.main(options)
    return measure(*export.read(options.out), parts=(accuracy, content, mistaken))


def path_of(name: str) -> str:
    return os.path.join(FOLDER, name.replace("<", "-") + ".json")


def main(what: str, *rest):
    torch.set_num_threads(1)
    os.makedirs(FOLDER, exist_ok=True)
    if what == "report":
        from mot import report
        return report.write(rest[0], {n: json.load(open(path_of(n))) for n in runs() if os.path.exists(path_of(n))})
    for name, (kind, given) in runs().items():
        if os.path.exists(path_of(name)) or rest and name not in rest:
            continue
        print(name, flush=True)
        results = run(name, kind, given)
        with open(path_of(name), "w", encoding="utf-8") as f:
            json.dump(results, f, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
