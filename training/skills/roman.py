"""Roman numerals from 1 to 999, place by place."""
from .base import Problem, Sub, shared, templates

TO = templates(
    own=["Write {n} in roman numerals.", "What is {n} as a roman numeral?",
         "How do you write {n} with roman numerals?", "Please give the roman form of {n}.",
         "Which roman numeral stands for {n}?", "Express {n} the roman way."],
    common=[shared("convert", "{n}", "roman numerals"), shared("of", "roman numeral", "{n}")],
    withheld=["How would the ancient Romans have written {n}?", "Turn the number {n} into a roman numeral."],
    unseen="Carve {n} into stone with the letters of old Rome.")

FROM = templates(
    own=["Write {r} as a number.", "What is {r} in digits?", "How do you write {r} with normal digits?",
         "Please give the value of {r}.", "Which number stands behind {r}?", "Express {r} in decimal."],
    common=[shared("convert", "{r}", "a number"), shared("of", "value", "{r}")],
    withheld=["What did the ancient Romans mean by {r}?", "Turn the roman numeral {r} into a number."],
    unseen="On an old stone you read {r}: which number is it?")

ONES = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
TENS = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
HUNDREDS = ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"]


def places(n: int):
    parts = [(n // 100 * 100, HUNDREDS[n // 100]), (n // 10 % 10 * 10, TENS[n // 10 % 10]), (n % 10, ONES[n % 10])]
    return [p for p in parts if p[0]]


def to_roman(n: int) -> str:
    return "".join(r for _, r in places(n))


def to(rng) -> Problem:
    n = rng.randint(1, 999)
    return Problem(str(n), {"n": n}, " ".join(f"{v}={r}" for v, r in places(n)), to_roman(n))


def back(rng) -> Problem:
    n = rng.randint(1, 999)
    return Problem(str(n), {"r": to_roman(n)}, " ".join(f"{r}={v}" for v, r in places(n)), str(n))


SUBS = [Sub("roman", "to", to, TO),
        Sub("roman", "from", back, FROM, phrases=("{r}", "the value of {r}", "the number {r}"))]
