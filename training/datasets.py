"""Writes models/data/*.jsonl: what routers may learn from (validation) and what is measured (test, mixed)."""
import json
import os
import random

import mixed
from sampling import example
from skills import SKILLS, SUBS
from skills.base import ORDINARY, UNSEEN, WITHHELD
from split import TEST, VALIDATION, split_of

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models", "data")
# (phrasing, shared wording, questions per skill); where a skill runs short the own wording fills up.
TEST_PLAN = [(ORDINARY, True, 10), (WITHHELD, False, 8), (UNSEEN, False, 6), (ORDINARY, False, 36)]


def record(sub, number: int, index: int, question: str, answer: str):
    template = sub.templates[number]
    return {"id": f"{sub.full_name}-{index:04d}", "question": question, "reference": answer, "grader": "final",
            "skills": [sub.skill],
            "tags": {"skill": sub.skill, "sub_skill": sub.full_name, "template": number,
                     "phrasing": template.phrasing, "wording": "shared" if template.shared else "own"}}


def draws(rng, sub, split, numbers):
    """Unlimited for generated problems, a shuffled list of all there is for facts."""
    if not sub.key_has_template:
        while True:
            yield example(rng, sub, split, numbers)
    seen = {}
    while len(seen) < len(sub.entities):
        problem = sub.draw(rng)
        seen[problem.key] = problem
    everything = [(sub.question(p, n), p, n) for _, p in sorted(seen.items()) for n in numbers
                  if split_of(sub.skill, sub.key(p, n)) == split]
    rng.shuffle(everything)
    yield from everything


def take(rng, sub, split, numbers, count: int, used: set):
    taken = []
    for tries, (question, problem, number) in enumerate(draws(rng, sub, split, numbers)):
        if question not in used:
            used.add(question)
            taken.append((question, problem, number))
        if len(taken) >= count or tries > 50 * count:
            break
    return taken


def of_kind(sub, phrasing: str, is_shared=None):
    return [i for i, t in enumerate(sub.templates)
            if t.phrasing == phrasing and (is_shared is None or t.shared == is_shared)]


def validation(seed, used):
    for subs in SKILLS.values():
        for sub in subs:
            # A generator of its own for every sub-skill: changing one leaves the questions of the others alone.
            rng = random.Random(f"{seed}:{sub.full_name}")
            rows = take(rng, sub, VALIDATION, of_kind(sub, ORDINARY), 50, used)
            yield from (record(sub, n, i + 1, q, p.answer) for i, (q, p, n) in enumerate(rows))


def test(seed, used):
    for subs in SKILLS.values():
        for sub in subs:
            rows, rng = [], random.Random(f"{seed}:{sub.full_name}")
            for phrasing, is_shared, per_skill in TEST_PLAN:
                want = 30 - len(rows) if per_skill == 36 else per_skill // 2
                rows += take(rng, sub, TEST, of_kind(sub, phrasing, is_shared), want, used)
            assert len(rows) == 30, sub.full_name
            yield from (record(sub, n, i + 1, q, p.answer) for i, (q, p, n) in enumerate(rows))


def two_skills(seed, used):
    for form in mixed.FORMS:
        index, rng = 0, random.Random(f"{seed}:{form.__name__}")
        while index < 10:
            question, answer, skills = form(rng)
            if question not in used:
                used.add(question)
                index += 1
                yield {"id": f"mixed.{form.__name__}-{index:02d}", "question": question, "reference": answer,
                       "grader": "final", "skills": skills,
                       "tags": {"skill": "mixed", "sub_skill": form.__name__, "phrasing": "unseen", "wording": "own"}}


def main():
    os.makedirs(OUT, exist_ok=True)
    used = set()
    for seed, (name, rows) in enumerate([("validation", validation), ("test", test), ("mixed", two_skills)]):
        lines = [json.dumps(r) for r in rows(100 + seed, used)]
        with open(os.path.join(OUT, name + ".jsonl"), "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        print(name, len(lines))


if __name__ == "__main__":
    main()
