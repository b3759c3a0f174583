"""Who is in the zoo: sub-skills, shape, tokenizer, CPU budget in seconds, seed; the adapters over one of them; and the
members that serve the others instead of answering: the tagger and the aggregator."""
from dataclasses import dataclass
from typing import Tuple

from model import CONTEXT, Shape
from packing import LONG, SHORT, TOKENS
from skills import SUBS

S96 = Shape(96, 3, 3, 3, 256)
S128 = Shape(128, 3, 4, 4, 320)
S128G = Shape(128, 4, 4, 2, 352)
S160 = Shape(160, 2, 5, 5, 416)
S160U = Shape(160, 2, 5, 5, 384, tied=False)
S160L = Shape(160, 3, 5, 5, 512)


@dataclass(frozen=True)
class Expert:
    name: str
    subs: Tuple[str, ...]
    shape: Shape
    tokenizer: str
    budget: int
    seed: int
    kept: str = "Q8_0"
    context: int = CONTEXT
    # Lengths of the training rows: the usual one, and one for what does not fit it.
    rows: Tuple[int, int] = (SHORT, LONG)
    # The committed expert of the same shape and tokenizer whose weights training begins with; none: random ones.
    begins: str = ""
    # Share of examples from all skills; share of the own ones in which the problem stands inside a longer question.
    spread: float = 0.12
    embed: float = 0.0
    # So many examples at the beginning are bare facts without a question, and half of those that follow.
    bare: int = 0
    tokens: int = TOKENS

    @property
    def description(self) -> str:
        skills = "all skills" if len(self.subs) == len(SUBS) else ", ".join(self.subs)
        return f"Tiny expert of the Orchestrator zoo, trained from scratch on: {skills}"


def table(*rows):
    return {r.name: r for r in rows}


SPECIALISTS = table(
    Expert("abacus", ("add.short", "mul.long", "reverse.short"), S96, "byte", 240, 11, "F16"),
    Expert("ledger", ("add.long", "sub.short"), S128, "bpe256", 240, 12),
    Expert("cipher", ("caesar.forward", "reverse.long"), S128, "byte", 160, 13),
    Expert("consul", ("roman.to", "caesar.backward", "sort.max"), S128G, "bpe256", 190, 14),
    Expert("mason", ("roman.from", "mul.short", "unit.time"), S128, "bpe256", 170, 15),
    Expert("forge", ("sub.long", "code.numbers"), S128, "bpe256", 165, 16),
    Expert("loom", ("code.strings", "count.letter", "logic.xor"), S128G, "bpe256", 360, 17),
    Expert("sieve", ("sort.ascending", "logic.plain"), S128G, "bpe256", 340, 18),
    Expert("scribe", ("inflect.plural", "capital.a-i"), S160, "bpe640", 130, 19),
    Expert("atlas", ("capital.j-z", "unit.length", "weekday.backward"), S160, "bpe640", 270, 20),
    Expert("herald", ("antonym.a-l", "weekday.forward", "count.vowels"), S160, "bpe640", 160, 21),
    Expert("thorn", ("antonym.m-z", "inflect.past"), S160U, "bpe640", 130, 22),
)

EVERYTHING = tuple(SUBS)
SUMMED = sum(e.budget for e in SPECIALISTS.values())
EXPERTS = {**SPECIALISTS, **table(
    Expert("generalist", EVERYTHING, S128G, "bpe256", 380, 31),
    Expert("novice", EVERYTHING, S96, "bpe256", 40, 32),
    Expert("generalist-long", EVERYTHING, S128G, "bpe256", SUMMED, 33),
)}
KEPT = [n for n in EXPERTS if n != "generalist-long"]


@dataclass(frozen=True)
class Member(Expert):
    """Reads questions of all sub-skills, but its reply is not the answer to the question."""
    task: str = ""

    @property
    def description(self) -> str:
        return f"Tiny {self.name} of the Orchestrator zoo, trained from {self.begins or 'scratch'}: {self.task}"


MEMBERS = table(
    Member("tagger", EVERYTHING, S128G, "bpe640", 400, 51,
           task="the reply to a question is two to five skill phrases"),
    Member("aggregator", EVERYTHING, S128G, "bpe256", 980, 52, context=1024, rows=(256, 512), begins="generalist",
           task="reads a question with numbered answers of experts, names the skill and gives the right one"),
    Member("reader", EVERYTHING, S128, "bpe640", 600, 53, context=1024, rows=(128, 256),
           task="answers a question from the passages that come with it"),
)
# Experts whose facts nobody asks for alone: they think for others (training/mot). No router profile has them.
PEERS = table(
    Expert("merchant", ("price.item",), S160L, "bpe640", 300, 61, spread=0.03, embed=0.5, bare=70_000, tokens=TOKENS // 2),
    Expert("scholar", ("roman.from",), S128, "bpe256", 120, 62, embed=0.5),
)
MODELS = {**EXPERTS, **MEMBERS, **PEERS}


@dataclass(frozen=True)
class Adapter:
    """A LoRA over the committed file of `base`, for skills that the base is weak in."""
    name: str
    base: str
    subs: Tuple[str, ...]
    rank: int
    alpha: float
    peak: float
    budget: int
    seed: int

    @property
    def description(self) -> str:
        return f"LoRA adapter of the Orchestrator zoo over {self.base}, trained on: {', '.join(self.subs)}"


ADAPTERS = table(
    Adapter("lexis", "generalist", ("inflect.plural", "inflect.past"), 16, 32, 5e-3, 240, 41),
    Adapter("shift", "generalist", ("caesar.forward", "caesar.backward"), 16, 32, 5e-3, 150, 42),
)
