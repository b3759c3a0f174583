"""Writes models/README.md from experts.py and the measured files in training/out/.

The matrix between the markers is replaced later by the one measured through the engine; a matrix that is already
there and was not written by this file is kept."""
import json
import os

from experts import EXPERTS, KEPT, SPECIALISTS
from skills import SKILLS, SUBS

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, CARD = os.path.join(HERE, "out"), os.path.join(HERE, "..", "models", "README.md")
BEGIN, END, OURS = "<!-- matrix:begin -->", "<!-- matrix:end -->", "Measured in torch fp32"


def read(*path):
    try:
        with open(os.path.join(OUT, *path), encoding="utf-8") as f:
            return json.load(f)
    except FileNotFoundError:
        return None


def row(*cells) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def percent(pair) -> str:
    return f"{100 * pair[0] / pair[1]:.0f}"


def expert_table():
    yield row("expert", "sub-skills", "tokenizer", "width/layers/heads/kv/ff", "parameters", "steps", "tokens",
              "CPU s", "wall s", "loss", "file")
    yield row(*["---"] * 11)
    for name, e in EXPERTS.items():
        r = read(name + ".json")
        if r:
            s = e.shape
            dims = f"{s.width}/{s.layers}/{s.heads}/{s.kv_heads}/{s.ff}" + ("" if s.tied else " untied")
            kind = e.kept if name in KEPT else "not kept"
            subs = "all 30" if len(e.subs) == len(SUBS) else ", ".join(e.subs)
            yield row(name, subs, e.tokenizer, dims, f"{r['parameters'] / 1e6:.2f} M", r["steps"],
                      f"{r['tokens'] / 1e6:.1f} M", r["cpu_s"], r["wall_s"], r["loss"], kind)


def owners():
    yield row("sub-skill", "owner", "own accuracy %", "problems")
    yield row(*["---"] * 4)
    for sub in SUBS:
        for name, e in SPECIALISTS.items():
            scores = read("own", name + ".json") or {}
            if sub in e.subs:
                yield row(sub, name, *scores.get(sub, ("not measured", "-")))


def missed():
    low = [f"`{sub}` ({name}): {score[0]}%" for name, e in SPECIALISTS.items()
           for sub, score in (read("own", name + ".json") or {}).items() if sub in e.subs and score[0] < 90]
    yield "Below the goal of 90%: " + "; ".join(low) + "." if low else "No owned sub-skill is below the goal of 90%."
    small = [f"{s.full_name} {n}" for s in SUBS.values() if s.key_has_template
             for n in [fresh(s)] if n < 100]
    if small:
        yield "Facts whose test split holds fewer than 100 such questions: " + ", ".join(small) + "."


def fresh(sub) -> int:
    for name, e in SPECIALISTS.items():
        score = (read("own", name + ".json") or {}).get(sub.full_name)
        if score and sub.full_name in e.subs:
            return score[1]
    return 100


def matrix():
    results = {n: m for n in EXPERTS if (m := read("matrix", n + ".json"))}
    yield (f"{OURS} on `data/test.jsonl`, greedy, F16-rounded weights; % exact match of what follows `Answer: `, "
           "60 questions a skill, one seed (a cell of 50 has a standard error of 6.5 points). The best specialist "
           "of a row is bold; halves of a skill have different owners, so no column is meant to reach 100 alone.")
    yield ""
    yield row("skill", *results, "owner of each sub-skill")
    yield row(*["---"] * (len(results) + 2))
    for skill in list(SKILLS) + ["all"]:
        best = max((results[n][skill][0] for n in SPECIALISTS if n in results), default=-1)
        cells = []
        for n, m in results.items():
            mark = "**" if n in SPECIALISTS and m[skill][0] == best else ""
            cells.append(f"{mark}{percent(m[skill])}{mark}")
        yield row(skill, *cells, owned(results, skill))


def owned(results, skill: str) -> str:
    hits = total = 0
    for sub in SUBS.values():
        for n, e in SPECIALISTS.items():
            if skill in (sub.skill, "all") and sub.full_name in e.subs and n in results:
                a, b = results[n][sub.full_name]
                hits, total = hits + a, total + b
    return percent((hits, total)) if total else "-"


def phrasing():
    yield row("wording of the question", "owner of each sub-skill %", "generalist %", "questions")
    yield row(*["---"] * 4)
    general = read("matrix", "generalist.json")
    for kind in ("ordinary", "shared", "withheld", "unseen"):
        hits, total, other = 0, 0, 0
        for n, e in SPECIALISTS.items():
            m = read("matrix", n + ".json")
            for sub in e.subs if m else ():
                a, b = m[f"{sub}/{kind}"]
                hits, total = hits + a, total + b
                other += general[f"{sub}/{kind}"][0] if general else 0
        if total:
            yield row(kind, percent((hits, total)), percent((other, total)) if general else "-", total)


def main():
    with open(os.path.join(HERE, "card.md"), encoding="utf-8") as f:
        text = f.read()
    for name, part in (("EXPERTS", expert_table), ("OWNERS", owners), ("PHRASING", phrasing), ("MISSED", missed)):
        text = text.replace("{" + name + "}", "\n".join(part()))
    block = "\n".join(matrix())
    if os.path.exists(CARD):
        with open(CARD, encoding="utf-8") as f:
            old = f.read()
        kept = old.split(BEGIN)[1].split(END)[0].strip() if BEGIN in old and END in old else ""
        if kept and OURS not in kept:
            block = kept
    with open(CARD, "w", encoding="utf-8") as f:
        f.write(text.replace("{MATRIX}", f"{BEGIN}\n{block}\n{END}"))


if __name__ == "__main__":
    main()
