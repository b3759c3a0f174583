"""The aggregator against simpler ways to settle a panel, on questions and partly on experts it has not seen.

  evaluate_aggregator.py tune     panels over data/validation.jsonl (needs answers.py ask on that file)
  evaluate_aggregator.py own      panels over data/test.jsonl; run once, at the end

Every question gets a panel of two to five from the experts it was trained with, one from the held-out experts and one
from all, drawn by the accuracies in models/outcomes.jsonl. Written to out/tune|own/aggregator.json."""
import json
import os
import random
import sys
from collections import Counter, defaultdict

import evaluate  # noqa: I001  (first: it sets the thread counts before torch is loaded)

import datasets
import recorded
from generate import final
from panels import HELD_OUT, SEEN, SIZE_WEIGHTS, SIZES, Candidate, message, recruited

GROUPS = {"seen": SEEN, "held-out": HELD_OUT, "all": SEEN + HELD_OUT}
LIMIT = 64


def profile():
    """{sub-skill: {expert: weight}}, from the validation split, as a recruiter has it."""
    header, *rows = recorded.lines(os.path.join(evaluate.lora.MODELS, "outcomes.jsonl"))
    hits, asked = defaultdict(Counter), Counter()
    for row in rows:
        sub = row["id"].rsplit("-", 1)[0]
        asked[sub] += 1
        hits[sub].update({e: s for e, s in zip(header["experts"], row["scores"])})
    return {sub: {e: 0.03 + hits[sub][e] / n for e in header["experts"]} for sub, n in asked.items()}


def panels(file: str):
    """(group, question row, panel)"""
    path, weights = os.path.join(datasets.OUT, file + ".jsonl"), profile()
    said = recorded.table(path, GROUPS["all"])
    for group, names in GROUPS.items():
        rng = random.Random(f"{file}:{group}")
        for row in recorded.lines(path):
            known = {n: weights[row["tags"]["sub_skill"]][n] for n in names}
            size = min(rng.choices(SIZES, SIZE_WEIGHTS)[0], len(names))
            drawn = recruited(rng, known, size)
            panel = [Candidate(n, text, bool(score)) for n in drawn for text, score in [said[row["id"]][n]]]
            rng.shuffle(panel)
            yield group, row, panel


def vote(panel, reference: str) -> float:
    """Chance that the most frequent answer is right when ties are broken at random; no answer is no vote."""
    counts = Counter(c.final for c in panel if c.final)
    top = [a for a, n in counts.items() if n == max(counts.values())]
    return (reference in top) / len(top) if top else 0.0


def measure(file: str):
    """{group/which panels: [panels, % of aggregator, vote, random candidate, one of the panel right]}"""
    model, rows = evaluate.decoder("aggregator"), list(panels(file))
    replies = evaluate.ask(model, [message(row["question"], panel) for _, row, panel in rows], LIMIT)
    sums, copied = defaultdict(lambda: [0.0] * 5), 0
    for (group, row, panel), reply in zip(rows, replies):
        right = [c.right for c in panel]
        told = final(reply)
        copied += told in {c.final for c in panel}
        scores = (1, told == row["reference"], vote(panel, row["reference"]), sum(right) / len(right), any(right))
        disagree = len({c.final for c in panel}) > 1
        kind = "shared" if row["tags"]["wording"] == "shared" else row["tags"]["phrasing"]
        for which in ("overall", *(["disagree", "disagree, " + kind, f"disagree, {len(panel)}", row["skills"][0]]
                                   if disagree else [])):
            for i, s in enumerate(scores):
                sums[f"{group}/{which}"][i] += s
        if group == "all" and disagree and any(right) and told != row["reference"] and row["id"].endswith("7"):
            print(message(row["question"], panel), "->", reply, "| want", row["reference"])
    print(f"answers that a candidate gave: {100 * copied / len(rows):.1f}%")
    return {k: [int(v[0]), *(round(100 * s / v[0], 1) for s in v[1:])] for k, v in sums.items()}


if __name__ == "__main__":
    evaluate.torch.set_num_threads(1)
    folder = sys.argv[1]
    result = measure({"tune": "validation", "own": "test"}[folder])
    evaluate.save(folder, "aggregator.json", json.dumps(result))
    for which, values in result.items():
        print(which, *values)
