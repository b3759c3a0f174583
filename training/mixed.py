"""Mixed set B: questions that need two skills; every component problem lies in the asked split, for the set in test."""
from split import TEST, split_of
from skills import SUBS
from skills import roman
from skills.weekday import DAYS
from skills.words import ANTONYMS, PAST, PLURALS


def part(rng, name: str, split: str):
    sub = SUBS[name]
    while True:
        problem = sub.draw(rng)
        if split_of(sub.skill, sub.key(problem, 0) if not sub.key_has_template else problem.key + "|mixed") == split:
            return problem


def sum_in_roman(rng, split=TEST):
    while True:
        p = part(rng, rng.choice(["add.short", "sub.short"]), split)
        if 0 < int(p.answer) < 1000 and split_of("roman", p.answer) == split:
            op, skill = ("+", "add") if int(p.answer) > p.fields["a"] else ("-", "sub")
            return f"What is {p.fields['a']} {op} {p.fields['b']} in roman numerals?", roman.to_roman(int(p.answer)), \
                [skill, "roman"]


def roman_sum(rng, split=TEST):
    p = part(rng, "add.short", split)
    a, b = (roman.to_roman(p.fields[k]) for k in "ab")
    return f"What is {a} plus {b} as a number?", p.answer, ["roman", "add"]


def mixed_largest(rng, split=TEST):
    while True:
        p = part(rng, "sort.max", split)
        values = p.fields["list"].split(", ")
        if len(values) == 3:
            shown = [roman.to_roman(int(v)) if i != 1 else v for i, v in enumerate(values)]
            return f"Sort {shown[0]}, {shown[1]} and {shown[2]} and give the largest as a number.", p.answer, \
                ["roman", "sort"]


def capital_vowels(rng, split=TEST):
    p = part(rng, rng.choice(["capital.a-i", "capital.j-z"]), split)
    return (f"How many vowels are in the capital of {p.fields['c']}?",
            str(sum(c in "aeiou" for c in p.answer.lower())), ["capital", "count"])


def opposite_reversed(rng, split=TEST):
    p = part(rng, rng.choice(["antonym.a-l", "antonym.m-z"]), split)
    return f"Write the opposite of {p.fields['w']} backwards.", p.answer[::-1], ["antonym", "reverse"]


def plural_of_opposite(rng, split=TEST):
    words = sorted(w for w, o in ANTONYMS.items() if o in PLURALS)
    verbs = sorted(w for w, o in ANTONYMS.items() if o in PAST)
    pool = [(w, "plural", PLURALS[ANTONYMS[w]]) for w in words] + [(w, "past tense", PAST[ANTONYMS[w]]) for w in verbs]
    if split != TEST:
        # The test questions take any word, so whoever trains on this form leaves out the committed ones as well.
        pool = [p for p in pool if split_of("antonym", p[0] + "|mixed") == split]
    word, form, answer = rng.choice(pool)
    return f"What is the {form} of the opposite of {word}?", answer, ["antonym", "inflect"]


def product_sum(rng, split=TEST):
    p = part(rng, "mul.short", split)
    c = rng.randint(10, 99)
    return f"Multiply {p.fields['a']} by {p.fields['b']} and add {c}.", str(int(p.answer) + c), ["mul", "add"]


def product_minutes(rng, split=TEST):
    while True:
        p = part(rng, "add.short", split)
        if split_of("unit", f"{p.answer} hours minutes") == split:
            return f"How many minutes are {p.fields['a']} hours plus {p.fields['b']} hours?", \
                str(int(p.answer) * 60), ["add", "unit"]


def code_vowels(rng, split=TEST):
    p = part(rng, "code.strings", split)
    while not p.answer.isalpha():
        p = part(rng, "code.strings", split)
    return f"How many vowels does {p.fields['p']} print?", str(sum(c in "AEIOU" for c in p.answer)), ["code", "count"]


def day_of_sum(rng, split=TEST):
    while True:
        p = part(rng, "add.short", split)
        if int(p.answer) <= 60:
            break
    d = rng.randrange(7)
    return (f"What day is {p.fields['a']} + {p.fields['b']} days after {DAYS[d]}?", DAYS[(d + int(p.answer)) % 7],
            ["add", "weekday"])


FORMS = [sum_in_roman, roman_sum, mixed_largest, capital_vowels, opposite_reversed, plural_of_opposite, product_sum,
         product_minutes, code_vowels, day_of_sum]
