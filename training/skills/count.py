"""Counting in a word. Every letter gets an explicit match mark and the count so far: without the mark a small model
counts letters that only look alike. Where one letter is counted it stands before each letter of the word, because
comparing neighbours is much easier than looking back at the question."""
from .base import Problem, Sub, made_up_word, shared, templates

VOWELS = templates(
    own=["Count the vowels in {w}.", "How many vowels does {w} have?",
         "What is the number of vowels in {w}?", "Please count all vowels of {w}.",
         "In the word {w}, how many letters are vowels?"],
    common=[shared("how many", "vowels", "{w}"), shared("of", "vowel count", "{w}")],
    withheld=["How often does a vowel appear in {w}?", "Tell me the count of A, E, I, O and U in {w}."],
    unseen="Going through {w}, how many times do you meet a vowel?")

LETTER = templates(
    own=["Count the letter {c} in {w}.", "How many times does {w} have the letter {c}?",
         "What is the number of {c}s in {w}?", "Please count every {c} of {w}.",
         "In the word {w}, how many letters are {c}?"],
    common=[shared("how many", "letters {c}", "{w}"), shared("of", "{c} count", "{w}")],
    withheld=["How often does the letter {c} appear in {w}?", "Tell me the count of {c} in {w}."],
    unseen="Going through {w}, how many times do you meet the letter {c}?")


def problem(word: str, key: str, wanted: str, fields, before: str = "") -> Problem:
    steps, total = [], 0
    for c in word:
        hit = c in wanted
        total += hit
        steps.append(f"{before}{c}{'+' if hit else '-'}{total}")
    return Problem(key, fields, "".join(steps), str(total))


def vowels(rng) -> Problem:
    word = made_up_word(rng, 4, 8)
    return problem(word, word, "AEIOU", {"w": word})


def letter(rng) -> Problem:
    word = list(made_up_word(rng, 4, 6))
    c = rng.choice(word) if rng.random() < 0.9 else rng.choice("ABCDEFGHIJKLMNOPRSTUVW")
    for i in range(len(word)):
        if rng.random() < 0.25:
            word[i] = c
    word = "".join(word)
    return problem(word, f"{word}/{c}", c, {"w": word, "c": c}, c)


SUBS = [Sub("count", "vowels", vowels, VOWELS), Sub("count", "letter", letter, LETTER)]
