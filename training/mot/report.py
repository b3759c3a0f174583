"""What the runs of study.py say, as Markdown: shares in percent, mean over seeds, in brackets the 95 % interval of the
bootstrap over questions (each question with all its seeds), then each seed."""
import random
from statistics import mean, stdev

from mot.pairs import PAIRS

DRAWS = 1000
# The 97.5 % quantile of Student's t with 2 degrees of freedom.
T2 = 4.303
REFERENCE = ("peer right", "primary right given the fact", "ceiling", "text pipeline", "primary alone", "peer alone")


def interval(runs):
    """Of the mean over questions; `runs`: one string of 0 and 1 a seed, all of the same questions."""
    each = [mean(int(c) for c in row) for row in zip(*runs)]
    rng = random.Random(1)
    draws = sorted(mean(rng.choices(each, k=len(each))) for _ in range(DRAWS))
    return draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS)]


def percent(runs) -> str:
    if not runs or not all(runs):
        return "–"
    value = [100 * mean(int(c) for c in r) for r in runs]
    low, high = interval(runs)
    seeds = ": " + ", ".join(f"{v:.1f}" for v in value) if len(runs) > 1 else ""
    return f"{mean(value):.1f} [{100 * low:.1f}, {100 * high:.1f}]{seeds}"


def ratio(part, whole) -> str:
    """Of the means of each seed, with the 95 % interval of Student's t over seeds."""
    each = [100 * mean(map(int, p)) / mean(map(int, w)) for p, w in zip(part, whole)]
    if not each:
        return "–"
    spread = f" ± {T2 * stdev(each) / 3 ** 0.5:.1f}" if len(each) == 3 else ""
    return f"{mean(each):.1f}{spread}"


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(r) + " |" for r in rows), ""]


class Study:
    def __init__(self, results):
        self.results = results

    def of(self, kind: str, pair: str, what: str):
        """One string a seed."""
        found = [r[pair].get(what) for n, r in self.results.items()
                 if (n.startswith(kind + " " + pair + " ") or n.rsplit(" ", 1)[0] == kind or n == kind) and pair in r]
        return [f for f in found if f]

    def held_out(self):
        head = ["", *PAIRS]
        kinds = (("one set of layers for all pairs", "all"), ("layers of the pair alone", "alone"),
                 ("control: the primary is its own peer", "self"), ("control: trained rows, no peer", "bank"))
        rows = [[label, *(percent(self.of("all", p, what)[:1]) for p in PAIRS)]
                for label, what in ((w, w) for w in REFERENCE)]
        rows += [[label, *(percent(self.of(kind, p, "held-out")) for p in PAIRS)] for label, kind in kinds]
        rows += [[f"{label}, % of the ceiling",
                  *(ratio(self.of(kind, p, "held-out"), self.of(kind, p, "ceiling")) for p in PAIRS)]
                 for label, kind in kinds[:2]]
        rows += [[f"{label}, seen entities (no evidence)", *(percent(self.of(kind, p, "seen")) for p in PAIRS)]
                 for label, kind in kinds]
        return ["## Held-out entities", "", *table(head, rows)]

    def checks(self):
        first = next(iter(self.results.values()))[next(iter(PAIRS))]
        names = [k for k in first if k not in (*REFERENCE, "held-out", "seen")]
        rows = [[n, *(percent(self.of("all", p, n)) for p in PAIRS)] for n in names]
        rows.append(["ordinary, mixture on, % of plain", *(
            ratio(*(self.of("all", p, "ordinary, " + how) for how in ("mixture on", "plain"))) for p in PAIRS)])
        return ["## One set of layers: content, routing, ordinary questions, a peer that is mistaken", "",
                *table(["", *PAIRS], rows)]

    def variants(self):
        names = [n for n in self.results if n.startswith("variant ")]
        whats = ("held-out", "withheld wording", "ordinary, mixture on", "shuffled", "routed to the pair",
                 "routed, withheld wording", "ordinary routed to none")
        return ["## Variants: one seed, less than half as long", ""] + [line for p in PAIRS for line in (f"### {p}", "", *table(
            ["", *(n[8:] for n in names)],
            [[w, *(percent([self.results[n][p][w]]) for n in names)] for w in whats]))]


def write(path: str, results):
    study = Study(results)
    lines = ["# Mixture of thoughts: seeds, controls, variants", "", __doc__.replace("\n", " "), "",
             *study.held_out(), *study.checks(), *study.variants()]
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
