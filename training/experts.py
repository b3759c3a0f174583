"""Who is in the zoo: sub-skills, shape, tokenizer, CPU budget in seconds, seed; and the adapters over one of them."""
from dataclasses import dataclass
from typing import Tuple

from model import Shape
from skills import SUBS

S96 = Shape(96, 3, 3, 3, 256)
S128 = Shape(128, 3, 4, 4, 320)
S128G = Shape(128, 4, 4, 2, 352)
S160 = Shape(160, 2, 5, 5, 416)
S160U = Shape(160, 2, 5, 5, 384, tied=False)


@dataclass(frozen=True)
class Expert:
    name: str
    subs: Tuple[str, ...]
    shape: Shape
    tokenizer: str
    budget: int
    seed: int
    kept: str = "Q8_0"

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
