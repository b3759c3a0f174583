"""Truth values. The chain rewrites the expression with one-letter signs until one value is left."""
import re

from .base import Problem, Sub, shared, templates

TEMPLATES = templates(
    own=["What is the value of {e}?", "Evaluate {e}.", "Is {e} true or false?",
         "Please evaluate the logical expression {e}.", "Which truth value has {e}?"],
    common=[shared("give", "{e}"), shared("work out", "{e}"), shared("of", "truth value", "{e}")],
    withheld=["In logic, does {e} hold?", "Simplify {e} to a single truth value."],
    unseen="A circuit computes {e}: what comes out?")

SIGNS = {"True": "T", "False": "F", "not ": "!", " and ": "&", " or ": "|", " xor ": "^"}
VALUE = {"&": lambda a, b: a and b, "|": lambda a, b: a or b, "^": lambda a, b: a != b}


def letter(value: bool) -> str:
    return "T" if value else "F"


def apply(match) -> str:
    return letter(VALUE[match[2]](match[1] == "T", match[3] == "T"))


RULES = [(r"!([TF])", lambda m: letter(m[1] == "F")), (r"\(([TF])([&|^])([TF])\)", apply),
         (r"([TF])(&)([TF])", apply), (r"([TF])(\^)([TF])", apply), (r"([TF])(\|)([TF])", apply)]


def problem(expression: str) -> Problem:
    text = expression
    for word, sign in SIGNS.items():
        text = text.replace(word, sign)
    steps = [text]
    while len(text) > 1:
        # Brackets hold one operator only, so and/or inside them wait for the bracket rule.
        text = next(new for new in (re.sub(rule, to, text) for rule, to in
                                    (RULES[:2] if "(" in text else RULES)) if new != text)
        steps.append(text)
    return Problem(expression, {"e": expression}, " ".join(steps), "True" if text == "T" else "False")


def literal(rng) -> str:
    return ("not " if rng.random() < 0.35 else "") + rng.choice(["True", "False"])


def plain(rng) -> Problem:
    text = literal(rng)
    for _ in range(rng.randint(1, 3)):
        text += rng.choice([" and ", " or "]) + literal(rng)
    return problem(text)


def xor(rng) -> Problem:
    inner = f"({literal(rng)} {rng.choice(['and', 'or', 'xor'])} {literal(rng)})"
    if rng.random() < 0.25:
        inner = "not " + inner
    return problem(f"{inner} xor {literal(rng)}" if rng.random() < 0.5 else f"{literal(rng)} xor {inner}")


SUBS = [Sub("logic", "plain", plain, TEMPLATES), Sub("logic", "xor", xor, TEMPLATES)]
