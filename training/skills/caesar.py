"""Caesar shift of a made-up word; the chain pairs every letter with its shifted one."""
from .base import Problem, Sub, made_up_word, shared, templates


def wording(direction: str, verb: str):
    return templates(
        own=["Shift every letter of {w} " + direction + " by {k}.",
             verb + " {w} with a Caesar shift of {k}.",
             "What is {w} with each letter moved {k} places " + direction + "?",
             "Please apply a Caesar shift of {k} " + direction + " to {w}.",
             "Which text results from shifting {w} by {k} " + direction + "?"],
        common=[shared("move", "{w}", direction, "{k} letters"),
                shared("give", "{w} shifted {k} " + direction)],
        withheld=["Replace each letter of {w} by the one {k} " + ("after" if verb == "Encode" else "before") + " it.",
                  "With a step of {k}, " + verb.lower() + " the secret word {w}."],
        unseen="Take {w} and slide its letters {k} steps " + direction + " in the alphabet.")


def problem(word: str, k: int, sign: int) -> Problem:
    shifted = "".join(chr((ord(c) - 65 + sign * k) % 26 + 65) for c in word)
    chain = "".join(a + b for a, b in zip(word, shifted))
    return Problem(f"{word}{sign * k:+d}", {"w": word, "k": k}, chain, shifted)


def forward(rng) -> Problem:
    return problem(made_up_word(rng, 3, 6), rng.randint(1, 3), 1)


def backward(rng) -> Problem:
    return problem(made_up_word(rng, 3, 6), rng.randint(1, 3), -1)


SUBS = [Sub("caesar", "forward", forward, wording("forward", "Encode")),
        Sub("caesar", "backward", backward, wording("back", "Decode"))]
