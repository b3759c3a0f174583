"""What a one-line program prints: arithmetic with precedence (the second step digit by digit, as in add, sub and
mul), or short strings."""
from . import add, mul
from . import sub as minus
from .base import Problem, Sub, made_up_word, shared, templates

TEMPLATES = templates(
    own=["What is the output of {p}?", "What does {p} print?", "Run {p} in your head.",
         "Please predict what {p} writes.", "What appears on the screen after {p}?"],
    common=[shared("give", "{p}"), shared("work out", "{p}"), shared("of", "result", "{p}")],
    withheld=["A program consists of the line {p}: what is shown?", "Act as an interpreter for {p}."],
    unseen="Someone typed {p} and pressed enter. What did they see?")


def numbers(rng) -> Problem:
    a, b, c = (rng.randint(2, 9) for _ in range(3))
    form = rng.randrange(5)
    if form == 0:
        text, last = f"{a} + {b} * {c}", add.problem(b * c, a)
        chain = f"{b}*{c}={b * c:02d} {last.chain}"
    elif form == 1:
        text, last = f"{a} * {b} + {c}", add.problem(a * b, c)
        chain = f"{a}*{b}={a * b:02d} {last.chain}"
    elif form == 2:
        if a * b < c:
            a, b = 9, 9
        text, last = f"{a} * {b} - {c}", minus.problem(a * b, c)
        chain = f"{a}*{b}={a * b:02d} {last.chain}"
    elif form == 3:
        text, last = f"({a} + {b}) * {c}", mul.problem(a + b, c)
        chain = f"{a}+{b}={a + b:02d} {last.chain}"
    else:
        text, last = f"max({a}, {b}) * {c}", mul.problem(max(a, b), c)
        chain = f"max={max(a, b)} {last.chain}"
    value = last.answer
    return Problem(text, {"p": f"print({text})"}, chain, value)


def strings(rng) -> Problem:
    form = rng.randrange(4)
    if form == 0:
        word, k = made_up_word(rng, 2, 3), rng.randint(2, 4)
        text, chain, value = f'"{word}" * {k}', "".join(f"{i + 1}{word}" for i in range(k)), word * k
    elif form == 1:
        a, b = made_up_word(rng, 2, 4), made_up_word(rng, 2, 4)
        text, chain, value = f'"{a}" + "{b}"', f"{a} {b}", a + b
    elif form == 2:
        word = made_up_word(rng, 3, 6)
        k = rng.randrange(len(word))
        # The index comes again before the answer: the letter is then what followed it last time.
        chain = "".join(f"{i}{c}" for i, c in enumerate(word)) + f" {k}{word[k]}"
        text, value = f'"{word}"[{k}]', word[k]
    else:
        word = made_up_word(rng, 2, 7)
        chain = "".join(f"{i + 1}{c}" for i, c in enumerate(word))
        text, value = f'len("{word}")', str(len(word))
    return Problem(text, {"p": f"print({text})"}, chain, value)


SUBS = [Sub("code", "numbers", numbers, TEMPLATES), Sub("code", "strings", strings, TEMPLATES)]
