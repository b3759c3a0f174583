"""What the tagger's phrases are worth, asked five times at temperature 0.7 as recruiting does.

  evaluate_tagger.py tune     validation split: data/validation.jsonl, 300 withheld wordings, 500 two-skill questions
  evaluate_tagger.py own      test split: data/test.jsonl by wording, data/mixed.jsonl; run once, at the end

A phrase recurs when two of the five replies have it. Written to out/tune/tagger.json and out/own/tagger.json."""
import json
import random
import sys
from collections import defaultdict

import evaluate  # noqa: I001  (first: it sets the thread counts before torch is loaded)

import datasets
import mixed
from phrases import PHRASES, REPLY
from recorded import lines
from skills import SUBS
from skills.base import WITHHELD
from split import VALIDATION
from tagging import SUBS_OF, committed

SAMPLES, RECUR, TEMPERATURE, LIMIT = 5, 2, 0.7, 64


def rows_of(file: str):
    """(question, sub-skills, kind of wording) of a committed file."""
    for row in lines(f"{datasets.OUT}/{file}.jsonl"):
        tags = row["tags"]
        yield row["question"], [tags["sub_skill"]], "shared" if tags["wording"] == "shared" else tags["phrasing"]


def validation():
    yield from rows_of("validation")
    for sub in SUBS.values():
        rng = random.Random(f"withheld:{sub.full_name}")
        taken = datasets.take(rng, sub, VALIDATION, datasets.of_kind(sub, WITHHELD), 10, set())
        yield from ((question, [sub.full_name], WITHHELD) for question, _, _ in taken)
    rng = random.Random(61)
    for form in mixed.FORMS:
        for question, answer, _ in (form(rng, VALIDATION) for _ in range(50)):
            yield question, SUBS_OF[form.__name__](question, answer), "two skills"


def test():
    yield from rows_of("test")
    yield from ((question, subs, "two skills") for question, subs, _ in committed())


def recurring(replies):
    counts = defaultdict(int)
    for reply in replies:
        for phrase in set(reply.split(", ")):
            counts[phrase] += 1
    return {p for p, n in counts.items() if n >= RECUR}


def measure(rows):
    """{kind: [questions, % whose canonical phrases recur, % where that of another sub-skill does, % of replies that
    have the form, % of replies that say something twice]}"""
    model = evaluate.decoder("tagger", TEMPERATURE)
    rows, canonical = list(rows), {p.canonical for p in PHRASES.values()}
    replies = evaluate.ask(model, [q for q, _, _ in rows for _ in range(SAMPLES)], LIMIT)
    sums, wrong = defaultdict(lambda: [0] * 5), defaultdict(list)
    for at, (question, subs, kind) in enumerate(rows):
        said = replies[at * SAMPLES:(at + 1) * SAMPLES]
        phrases, own = recurring(said), {PHRASES[s].canonical for s in subs}
        hit = own <= phrases
        for group in (kind, "all", *(subs if len(subs) == 1 else ())):
            for i, n in enumerate((1, hit, bool(phrases & canonical - own), *map(sum, zip(*map(form, said))))):
                sums[group][i] += n
        if not hit:
            wrong[kind].append((question, subs, sorted(phrases)))
    for kind, some in wrong.items():
        for line in some[:4]:
            print("   ", kind, *line, sep=" | ")
    return {group: [n, *(round(100 * v / n / (1 if i < 2 else SAMPLES), 1) for i, v in enumerate(values))]
            for group, (n, *values) in sums.items()}


def form(reply: str):
    """Whether it has the form, and whether it says something twice."""
    phrases = reply.split(", ")
    return bool(REPLY.fullmatch(reply)), len(set(phrases)) < len(phrases)


if __name__ == "__main__":
    evaluate.torch.set_num_threads(1)
    folder = sys.argv[1]
    result = measure({"tune": validation, "own": test}[folder]())
    evaluate.save(folder, "tagger.json", json.dumps(result))
    for group, values in result.items():
        print(group, *values)
