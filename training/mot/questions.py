"""Questions to measure mixtures by, in the service's own form: python3 -m mot.questions OUT [COUNT A PAIR].

Of each pair: held-out entities, seen ones, withheld wordings, and ordinary questions of the primary's own skills."""
import json
import sys

from mot.pairs import PAIRS, measured, ordinary
from split import TEST, TRAIN

SEED = 21


def sets(pair, count: int):
    yield "held-out", measured(pair, count, TEST, TEST, False, SEED)
    yield "seen", measured(pair, count // 4, TRAIN, TEST, False, SEED)
    yield "withheld wording", measured(pair, count // 4, TEST, TEST, True, SEED)
    yield "ordinary", ordinary(pair, count // 4, TEST, SEED)


def lines(count: int):
    for name, pair in PAIRS.items():
        for kind, questions in sets(pair, count):
            for i, question in enumerate(questions):
                yield {"id": f"{name.replace('<', '-')}-{kind.replace(' ', '-')}-{i:04}", "question": question.text,
                       "reference": question.answer, "grader": "final", "tags": {"skill": f"{name}, {kind}", "pair": name, "set": kind}}


def main(target: str, count: str = "400"):
    with open(target, "w", encoding="utf-8") as f:
        for line in lines(int(count)):
            f.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
