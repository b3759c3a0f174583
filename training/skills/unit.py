"""Unit conversion to the smaller unit: the factor, then digit by digit where it is not a power of ten."""
from .base import Problem, Sub, shared, templates
from .mul import steps

TEMPLATES = templates(
    own=["How many {u} is {n} {v}?", "What is {n} {v} in {u}?", "Express {n} {v} in {u}.",
         "Please change {n} {v} into {u}.", "{n} {v} equals how many {u}?"],
    common=[shared("convert", "{n} {v}", "{u}"), shared("how many", "{u}", "{n} {v}")],
    withheld=["If something measures {n} {v}, what is that in {u}?", "Give me {n} {v} counted in {u}."],
    unseen="I have {n} {v}. Say it with {u} instead.")

LENGTH = [("kilometres", "metres", 1000), ("metres", "centimetres", 100), ("centimetres", "millimetres", 10),
          ("metres", "millimetres", 1000), ("yards", "feet", 3)]
TIME = [("hours", "minutes", 60), ("minutes", "seconds", 60), ("weeks", "days", 7),
        ("decades", "years", 10), ("centuries", "years", 100)]


def problem(n: int, big: str, small: str, factor: int) -> Problem:
    lead = int(str(factor).rstrip("0"))
    chain = f"*{factor}" if lead == 1 else " ".join([f"*{factor}"] + steps(n, lead))
    return Problem(f"{n} {big} {small}", {"n": n, "v": big, "u": small}, chain, str(n * factor))


def length(rng) -> Problem:
    return problem(rng.randint(2, 10 ** rng.randint(1, 3) - 1), *rng.choice(LENGTH))


def time(rng) -> Problem:
    return problem(rng.randint(2, 10 ** rng.randint(1, 2) - 1), *rng.choice(TIME))


SUBS = [Sub("unit", "length", length, TEMPLATES), Sub("unit", "time", time, TEMPLATES)]
