"""Order of two-digit numbers: sorting by insertion, or the largest by a running maximum. A step is the next number
and, after the colon, the list or the maximum so far."""
from .base import Problem, Sub, shared, templates

ASCENDING = templates(
    own=["Sort these numbers: {list}.", "Put {list} in ascending order.",
         "What is the order of {list} from small to large?",
         "Please arrange {list} from smallest to largest.", "List {list} in increasing order."],
    common=[shared("of", "ascending order", "{list}"), shared("find", "ascending order", "{list}")],
    withheld=["Line up the numbers {list}, starting with the smallest.",
              "How would {list} look when sorted upwards?"],
    unseen="Write {list} again so that each number is bigger than the one before.")

MAX = templates(
    own=["Which of these numbers is the largest: {list}?", "Give the biggest number among {list}.",
         "What is the highest number in the list {list}?",
         "Please pick the largest number from {list}.", "Of {list}, which is the greatest?"],
    common=[shared("of", "maximum", "{list}"), shared("find", "maximum", "{list}")],
    withheld=["Looking at {list}, name the top number.",
              "Players scored {list}: what was the best score?"],
    unseen="No number in {list} beats which one?")


def numbers(rng, low: int, high: int):
    return rng.sample(range(10, 100), rng.randint(low, high))


def key(values) -> str:
    return ",".join(str(v) for v in sorted(values))


def ascending(rng) -> Problem:
    values = numbers(rng, 3, 3)
    ordered = sorted(values)
    chain = " ".join(f"{v}:{','.join(map(str, sorted(values[:i + 1])))}" for i, v in enumerate(values))
    return Problem(key(values), {"list": ", ".join(map(str, values))}, chain, ", ".join(map(str, ordered)))


def maximum(rng) -> Problem:
    values = numbers(rng, 3, 5)
    chain = " ".join(f"{v}:{max(values[:i + 1])}" for i, v in enumerate(values))
    return Problem(key(values), {"list": ", ".join(map(str, values))}, chain, str(max(values)))


SUBS = [Sub("sort", "ascending", ascending, ASCENDING), Sub("sort", "max", maximum, MAX)]
