"""Addition. The chain restates the operands with leading zeros (small models lose the place of a digit in numbers
of unlike length), then adds from the right: digit + digit + carry = two digits."""
from .base import Problem, Sub, digits_from_right, shared, templates

TEMPLATES = templates(
    own=["What is {a} + {b}?", "Add {a} and {b}.", "What do you get when you add {b} to {a}?",
         "Please compute {a} plus {b}.", "{a} plus {b} makes what?"],
    common=[shared("of", "sum", "{a} and {b}"), shared("give", "{a} + {b}"),
            shared("work out", "{a} + {b}")],
    withheld=["If I have {a} coins and find {b} more, how many coins do I have?",
              "Tell me the total when {a} and {b} are put together."],
    unseen="{a} and then another {b}: how much is that in all?")


def problem(a: int, b: int) -> Problem:
    width = max(len(str(a)), len(str(b)))
    steps, carry = [f"{a:0{width}d}+{b:0{width}d}"], 0
    for x, y in digits_from_right(a, b):
        total = x + y + carry
        steps.append(f"{x}+{y}+{carry}={total:02d}")
        carry = total // 10
    key = f"{min(a, b)},{max(a, b)}"
    return Problem(key, {"a": a, "b": b}, " ".join(steps), str(a + b))


def short(rng) -> Problem:
    return problem(rng.randint(1, 99), rng.randint(1, 99))


def long(rng) -> Problem:
    return problem(rng.randint(100, 10 ** rng.randint(3, 4) - 1), rng.randint(100, 10 ** rng.randint(3, 4) - 1))


SUBS = [Sub("add", "short", short, TEMPLATES), Sub("add", "long", long, TEMPLATES)]
