"""Writes models/README.md from experts.py and the measured files in training/out/.

Each table stands between markers. One whose measurements are not all in training/out/ is kept as it is, and so is a
matrix that was measured through the engine."""
import json
import os

from experts import ADAPTERS, EXPERTS, KEPT, MEMBERS, PEERS, SPECIALISTS
from skills import SKILLS, SUBS
from variants import TWINS

HERE = os.path.dirname(os.path.abspath(__file__))
OUT, CARD = os.path.join(HERE, "out"), os.path.join(HERE, "..", "models", "README.md")
OURS = "Measured in torch fp32"


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


def adapter_table():
    yield row("adapter", "base", "sub-skills", "rank", "alpha", "parameters", "steps", "tokens", "CPU s", "wall s",
              "loss")
    yield row(*["---"] * 11)
    for name, a in ADAPTERS.items():
        r = read(name + ".json")
        yield row(name, a.base, ", ".join(a.subs), a.rank, a.alpha, f"{r['parameters'] / 1e6:.2f} M", r["steps"],
                  f"{r['tokens'] / 1e6:.1f} M", r["cpu_s"], r["wall_s"], r["loss"])


def adapter_scores():
    yield row("sub-skill", "adapter", "validation %", "problems", "base there %", "test %", "problems", "base there %",
              "`data/test.jsonl` % (30)", "base there %")
    yield row(*["---"] * 10)
    before = read("matrix", "generalist.json")
    for name, a in ADAPTERS.items():
        after = read("matrix", name + ".json")
        for sub in a.subs:
            yield row(sub, name, *read("tune", name + ".json")[sub], *read("own", name + ".json")[sub],
                      percent(after[sub]), percent(before[sub]))


def elsewhere():
    """What is left of the skills that an adapter was hardly trained on."""
    for name, a in ADAPTERS.items():
        pairs = []
        for file in (a.base, name):
            m = read("matrix", file + ".json")
            others = [m[s] for s in SUBS if s not in a.subs]
            pairs.append(percent([sum(x) for x in zip(*others)]))
        yield f"- `{name}`: {pairs[0]}% without the adapter, {pairs[1]}% with it."


def member_table():
    yield row("member", "tokenizer", "width/layers/heads/kv/ff", "context", "parameters", "steps", "tokens", "CPU s",
              "wall s", "loss", "file")
    yield row(*["---"] * 11)
    for name, e in MEMBERS.items():
        r, s = read(name + ".json"), e.shape
        yield row(name, e.tokenizer, f"{s.width}/{s.layers}/{s.heads}/{s.kv_heads}/{s.ff}", e.context,
                  f"{r['parameters'] / 1e6:.2f} M", r["steps"], f"{r['tokens'] / 1e6:.1f} M", r["cpu_s"], r["wall_s"],
                  r["loss"], e.kept)


def tagger_scores():
    yield row("questions", "split", "number", "own phrase recurs %", "phrase of another sub-skill recurs %",
              "replies of the right form %", "replies that repeat a phrase %")
    yield row(*["---"] * 7)
    for folder, split in (("tune", "validation"), ("own", "test")):
        scores = read(folder, "tagger.json") or {}
        for kind in ("ordinary", "shared", "withheld", "unseen", "two skills"):
            if kind in scores:
                yield row(kind, split, *scores[kind])


def aggregator_scores():
    yield row("candidates from", "panels", "split", "number", "aggregator %", "majority vote %", "random candidate %",
              "a candidate is right %")
    yield row(*["---"] * 8)
    for folder, split in (("tune", "validation"), ("own", "test")):
        scores = read(folder, "aggregator.json")
        for group in ("seen", "held-out", "all") if scores else ():
            for which, name in (("overall", "all"), ("disagree", "that disagree")):
                yield row(f"{group} experts", name, split, *scores[f"{group}/{which}"])


def variant_table():
    yield row("twin of", "bytes", "bytes of the twin", "questions", "accuracy %", "accuracy of the twin %",
              "replies of the same text")
    yield row(*["---"] * 7)
    for name in TWINS:
        r = read("variants", name + ".json")
        yield row(name, *(f"{b:,}" for b in r["bytes"]), r["questions"], r["committed"], r["twin"], r["same"])


def peer_table():
    yield row("expert", "sub-skill", "tokenizer", "width/layers/heads/kv/ff", "parameters", "steps", "tokens", "CPU s",
              "wall s", "loss", "own accuracy %", "problems", "file")
    yield row(*["---"] * 13)
    for name, e in PEERS.items():
        r, s = read(name + ".json"), e.shape
        for sub, score in read("own", name + ".json").items():
            yield row(name, sub, e.tokenizer, f"{s.width}/{s.layers}/{s.heads}/{s.kv_heads}/{s.ff}",
                      f"{r['parameters'] / 1e6:.2f} M", r["steps"], f"{r['tokens'] / 1e6:.1f} M", r["cpu_s"],
                      r["wall_s"], r["loss"], *score, e.kept)


def mixture_table():
    results = read("mot", "mixture.json")
    yield row("% (questions)", *(n.replace("<", " &lt; ") for n in results))
    yield row(*["---"] * (len(results) + 1))
    for key in next(iter(results.values())):
        yield row(key, *(f"{100 * r[key].count('1') / len(r[key]):.1f} ({len(r[key])})" for r in results.values()))


ALL_MEASURED = [(*folder, n + ".json") for n in KEPT for folder in ((), ("matrix",))]
OWNED = [("own", n + ".json") for n in SPECIALISTS]
ADAPTED = [(*folder, n + ".json") for n in ADAPTERS for folder in ((), ("own",), ("tune",), ("matrix",))]
# Name of a part, what writes it, and the measurements without which the part is kept as it stands.
PARTS = [("experts", expert_table, ALL_MEASURED), ("owners", owners, OWNED), ("missed", missed, OWNED),
         ("matrix", matrix, ALL_MEASURED), ("phrasing", phrasing, ALL_MEASURED),
         ("adapters", adapter_table, ADAPTED), ("adapter-scores", adapter_scores, ADAPTED),
         ("elsewhere", elsewhere, ADAPTED),
         ("members", member_table, [(n + ".json",) for n in MEMBERS]),
         ("tagger-scores", tagger_scores, [("tune", "tagger.json")]),
         ("aggregator-scores", aggregator_scores, [("tune", "aggregator.json")]),
         ("peers", peer_table, [(*folder, n + ".json") for n in PEERS for folder in ((), ("own",))]),
         ("mixture", mixture_table, [("mot", "mixture.json")]),
         ("variants", variant_table, [("variants", n + ".json") for n in TWINS])]


def main():
    with open(os.path.join(HERE, "card.md"), encoding="utf-8") as f:
        text = f.read()
    old = ""
    if os.path.exists(CARD):
        with open(CARD, encoding="utf-8") as f:
            old = f.read()
    for name, part, needed in PARTS:
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        kept = old.split(begin)[1].split(end)[0].strip() if begin in old and end in old else ""
        engine = name == "matrix" and kept and OURS not in kept
        measured = all(read(*path) for path in needed)
        block = "\n".join(part()) if measured and not engine else kept or "Not measured yet."
        text = text.replace("{" + name.upper() + "}", f"{begin}\n{block}\n{end}")
    with open(CARD, "w", encoding="utf-8") as f:
        f.write(text)


if __name__ == "__main__":
    main()
