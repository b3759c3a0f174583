"""What every expert says to every question of a file: the aggregator's raw material.

  answers.py questions        training questions, as many of each sub-skill, written to out/train.jsonl
  answers.py ask FILE [NAME]  greedy replies of all experts and adapters (or one) to the file's questions, written to
                              out/answers/NAME.FILE.jsonl as {"id", "expert", "text", "score"}

Replies come from the committed files. Lines of the same form from any other source serve as well."""
import json
import os
import random
import sys

import evaluate  # noqa: I001  (first: it sets the thread counts before torch is loaded)

import datasets
from experts import ADAPTERS, KEPT
from generate import final
from recorded import file_of, lines
from skills import SUBS
from skills.base import UNSEEN
from split import TRAIN

EACH = 200


def questions():
    used = set()
    for sub in SUBS.values():
        numbers = [i for i, t in enumerate(sub.templates) if t.phrasing != UNSEEN]
        rows = datasets.take(random.Random(f"train:{sub.full_name}"), sub, TRAIN, numbers, EACH, used)
        yield from (datasets.record(sub, n, i + 1, q, p.answer) for i, (q, p, n) in enumerate(rows))


def ask(path: str, name: str):
    rows = lines(path)
    replies = evaluate.ask(evaluate.decoder(name), [r["question"] for r in rows])
    scores = [int(final(text) == row["reference"]) for row, text in zip(rows, replies)]
    out = [json.dumps({"id": row["id"], "expert": name, "text": text, "score": score})
           for row, text, score in zip(rows, replies, scores)]
    evaluate.save("answers", os.path.basename(file_of(name, path)), "\n".join(out) + "\n")
    print(name, path, f"{100 * sum(scores) / len(scores):.1f}%", flush=True)


def main(verb: str, *rest: str):
    if verb == "questions":
        out = [json.dumps(r) for r in questions()]
        evaluate.save("", "train.jsonl", "\n".join(out) + "\n")
        print("train", len(out))
    else:
        for name in rest[1:] or [*KEPT, *ADAPTERS]:
            ask(rest[0], name)


if __name__ == "__main__":
    evaluate.torch.set_num_threads(1)
    main(*sys.argv[1:])
