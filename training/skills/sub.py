"""Subtraction, never below zero. The chain restates the operands with leading zeros, larger first, then a step is
digit - digit - borrow = new borrow, result digit."""
from .base import Problem, Sub, digits_from_right, shared, templates

TEMPLATES = templates(
    own=["What is {a} - {b}?", "Subtract {b} from {a}.", "What is left of {a} after taking away {b}?",
         "Please compute {a} minus {b}.", "{a} minus {b} makes what?"],
    common=[shared("of", "difference", "{a} and {b}"), shared("give", "{a} - {b}"),
            shared("work out", "{a} - {b}")],
    withheld=["If I have {a} coins and spend {b}, how many coins are left?",
              "By how much is {a} larger than {b}?"],
    unseen="Start at {a} and go down by {b}: where do you end?")


def problem(a: int, b: int) -> Problem:
    steps, borrow = [f"{a}-{b:0{len(str(a))}d}"], 0
    for x, y in digits_from_right(a, b):
        value = x - y - borrow
        after = 1 if value < 0 else 0
        steps.append(f"{x}-{y}-{borrow}={after}{value + 10 * after}")
        borrow = after
    return Problem(f"{a},{b}", {"a": a, "b": b}, " ".join(steps), str(a - b))


def ordered(a: int, b: int) -> Problem:
    return problem(max(a, b), min(a, b))


def short(rng) -> Problem:
    return ordered(rng.randint(1, 99), rng.randint(1, 99))


def long(rng) -> Problem:
    return ordered(rng.randint(100, 10 ** rng.randint(3, 4) - 1), rng.randint(100, 10 ** rng.randint(3, 4) - 1))


SUBS = [Sub("sub", "short", short, TEMPLATES), Sub("sub", "long", long, TEMPLATES)]
