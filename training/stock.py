"""A small collection of documents and questions for retrieval in answers: python3 training/stock.py rewrites
models/data/stock*.jsonl. Two thirds of the documents are about made-up things, of which no expert knows anything; the rest are
capitals, which two experts know by heart. The questions are about both, and about what no document tells."""
import json
import os
import random

from datasets import OUT, record, take
from reading import KNOWN_ITEMS, SHELVES, TEMPLATES, VERBS, capital_text, item_text
from skills import SKILLS
from skills.base import ORDINARY, UNSEEN
from skills.capital import CAPITALS
from skills.price import HEADS, TAILS, bucket
from split import TEST, VALIDATION

ITEMS, A_FIELD, A_SUB = 400, 80, 8


def names():
    """By their hashes, as the items of skills/price.py, and none of those."""
    made = {h + t + u for h in HEADS for t in TAILS for u in TAILS}
    return sorted(made - KNOWN_ITEMS, key=lambda w: (bucket("stock:" + w), w))[:ITEMS]


def values(name: str) -> dict:
    rng = random.Random(f"stock:{name}")
    return {"price": rng.randint(2, 999), "weight": rng.randint(2, 999), "shelf": f"{rng.choice(SHELVES)}{rng.randint(1, 40)}"}


def documents():
    for name in names():
        order = random.Random(f"order:{name}").sample(list(VERBS), len(VERBS))
        yield {"_id": f"item-{name}", "title": "", "text": item_text(name, values(name), order)}
    for country, capital in sorted(CAPITALS.items()):
        yield {"_id": f"capital-{country.lower().replace(' ', '-')}", "title": "", "text": capital_text(country, capital)}


def facts(split: str, seed: int):
    """Even items are for validation, odd ones for the test; the test has the wordings that no reader was trained on, too."""
    rng, own = random.Random(f"{seed}:facts"), names()[split == TEST::2]
    for field in VERBS:
        numbers = [i for i, t in enumerate(TEMPLATES[field]) if split == TEST or t.phrasing == ORDINARY]
        for index in range(A_FIELD):
            name, number = rng.choice(own), rng.choice(numbers)
            template = TEMPLATES[field][number]
            yield {"id": f"stock.{field}-{index + 1:04d}", "question": template.text.format(i=name),
                   "reference": str(values(name)[field]), "grader": "final", "skills": [],
                   "tags": {"skill": "stock", "sub_skill": f"stock.{field}", "template": number, "phrasing": template.phrasing}}


def ordinary(split: str, seed: int, used: set):
    """Questions of all skills, fresh ones: none is in the sets that routers are profiled or measured on."""
    for subs in SKILLS.values():
        for sub in subs:
            numbers = [i for i, t in enumerate(sub.templates) if split == TEST or t.phrasing != UNSEEN]
            count = 4 * A_SUB if sub.skill == "capital" else A_SUB
            rows = take(random.Random(f"{seed}:{sub.full_name}"), sub, split, numbers, count, used)
            yield from (record(sub, n, i + 1, q, p.answer) for i, (q, p, n) in enumerate(rows))


def write(name: str, rows):
    rows = list(rows)
    with open(os.path.join(OUT, name), "w", encoding="utf-8") as f:
        f.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(name, len(rows))


def committed():
    for name in ("validation", "test", "mixed"):
        with open(os.path.join(OUT, name + ".jsonl"), encoding="utf-8") as f:
            yield from (json.loads(line)["question"] for line in f)


def main():
    write("stock.jsonl", documents())
    used = set(committed())
    for seed, split in enumerate((VALIDATION, TEST), 700):
        write(f"stock-{split}.jsonl", [*facts(split, seed), *ordinary(split, seed, used)])


if __name__ == "__main__":
    main()
