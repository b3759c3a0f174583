"""Multiplication by one digit. A step is digit * digit + carry = two digits, from the right."""
from .base import Problem, Sub, digits_from_right, shared, templates

TEMPLATES = templates(
    own=["What is {a} * {b}?", "Multiply {a} by {b}.", "How much is {a} times {b}?",
         "Please compute {b} times {a}.", "{a} multiplied by {b} makes what?"],
    common=[shared("of", "product", "{a} and {b}"), shared("give", "{a} * {b}"),
            shared("work out", "{a} * {b}")],
    withheld=["There are {b} boxes with {a} nails in each, so how many nails are there?",
              "Take {a} a total of {b} times and tell me the result."],
    unseen="One ticket costs {a}; what do {b} tickets cost?")


def steps(a: int, b: int):
    carry, out = 0, []
    for (x,) in digits_from_right(a):
        total = x * b + carry
        out.append(f"{x}*{b}+{carry}={total:02d}")
        carry = total // 10
    return out


def problem(a: int, b: int) -> Problem:
    return Problem(f"{min(a, b)},{max(a, b)}", {"a": a, "b": b}, " ".join(steps(a, b)), str(a * b))


def short(rng) -> Problem:
    return problem(rng.randint(10, 99), rng.randint(2, 9))


def long(rng) -> Problem:
    return problem(rng.randint(100, 999), rng.randint(2, 9))


SUBS = [Sub("mul", "short", short, TEMPLATES), Sub("mul", "long", long, TEMPLATES)]
