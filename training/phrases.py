"""What the tagger says about a sub-skill: `specific` phrases tell it from its sibling, the first being canonical;
facets (operation, size, direction, vocabulary, topic) are shared with other sub-skills and skills, so that phrases
overlap. `phrase:4` is drawn four times as often as a plain one."""
import re
from dataclasses import dataclass
from typing import Dict

PHRASE = re.compile(r"[a-z0-9](?:[a-z0-9 -]{0,30}[a-z0-9])?")
# A reply: two to five phrases.
REPLY = re.compile(rf"{PHRASE.pattern}(?:, {PHRASE.pattern}){{1,4}}")

SKILLS = {
    "add": "addition:6, arithmetic:4, numbers:2, sums:2, carrying, plus, calculation:2, total",
    "sub": "subtraction:6, arithmetic:4, numbers:2, difference:2, borrowing, minus, calculation:2",
    "mul": "multiplication:6, arithmetic:4, numbers:2, product:2, times, calculation:2, single-digit factor",
    "sort": "numbers:4, comparison:4, list of numbers:4, two-digit numbers, order",
    "reverse": "reversal:6, string operation:4, letters:3, words:2, backwards:2, spelling",
    "caesar": "caesar cipher:6, string operation:3, letters:3, alphabet:3, encryption:2, shift:2, words",
    "count": "counting:6, letters:4, string operation:3, words:2, numbers, spelling",
    "roman": "roman numerals:6, conversion:4, numbers:3, notation:2, history",
    "weekday": "weekdays:6, calendar:4, dates:3, modular arithmetic:2, arithmetic, time:2",
    "unit": "unit conversion:6, conversion:3, measurement:3, multiplication:2, arithmetic, numbers",
    "logic": "logic:6, boolean expression:4, truth values:4, evaluation:2, true or false:2, brackets",
    "code": "programming:6, program output:4, print statement:2, evaluation:2, code reading:2",
    "capital": "capital city:6, geography:5, countries:4, world knowledge:3, facts:2, names",
    "antonym": "antonym:6, opposite:4, vocabulary:4, words:3, word meaning:2, language:2",
    "inflect": "inflection:6, grammar:5, word forms:3, words:3, language:2, spelling",
}

# Sub-skill: (specific phrases, facets of this half).
SUBS = {
    "add.short": ("addition of short numbers:8, sum of two-digit numbers, short addition",
                  "two-digit numbers:2, small numbers:2, mental arithmetic"),
    "add.long": ("addition of long numbers:8, sum of long numbers, long addition",
                 "long numbers:3, large numbers:2, written arithmetic"),
    "sub.short": ("subtraction of short numbers:8, short subtraction, difference of small numbers",
                  "two-digit numbers:2, small numbers:2, mental arithmetic"),
    "sub.long": ("subtraction of long numbers:8, long subtraction, difference of long numbers",
                 "long numbers:3, large numbers:2, written arithmetic"),
    "mul.short": ("product with two-digit number:8, short multiplication, times table",
                  "two-digit numbers:2, small numbers:2, mental arithmetic"),
    "mul.long": ("product with three-digit number:8, long multiplication, multiplication of long numbers",
                 "three-digit numbers:2, long numbers:2, written arithmetic"),
    "sort.ascending": ("sorting in ascending order:8, sort upwards, smallest to largest",
                       "sorting:5, ordering:2, arrangement"),
    "sort.max": ("largest number of a list:8, find the maximum, biggest number", "maximum:5, selection:2, search"),
    "reverse.short": ("reversal of short word:8, reverse three or four letters, mirror a short word",
                      "short word:3, mirror writing"),
    "reverse.long": ("reversal of long word:8, reverse five or more letters, mirror a long word",
                     "long word:3, mirror writing"),
    "caesar.forward": ("caesar forward:8, shift letters forward, encode with caesar", "forward:3, encoding:2, secret text"),
    "caesar.backward": ("caesar backward:8, shift letters back, decode with caesar", "backward:3, decoding:2, secret text"),
    "count.vowels": ("count of vowels:8, vowel counting, number of vowels", "vowels:4, phonetics"),
    "count.letter": ("count of one letter:8, letter counting, occurrences of a letter", "single letter:4, letter match"),
    "roman.to": ("number to roman numeral:8, write roman numerals, decimal to roman", "encoding, writing numbers:2"),
    "roman.from": ("roman numeral to number:8, read roman numerals, roman to decimal", "decoding, reading numbers:2"),
    "weekday.forward": ("weekday after some days:8, count days forward, later weekday", "forward:3, future:2, addition"),
    "weekday.backward": ("weekday before some days:8, count days back, earlier weekday",
                         "backward:3, past:2, subtraction"),
    "unit.length": ("conversion of lengths:8, length units, metres and the like", "length:4, distance:2, metric system"),
    "unit.time": ("conversion of times:8, time units, hours and the like", "time:4, duration:2, clock"),
    "logic.plain": ("and-or logic:8, and or not expression, plain boolean logic", "and:2, or:2, negation"),
    "logic.xor": ("xor logic:8, exclusive or, xor expression", "xor:4, exclusive:1, negation"),
    "code.numbers": ("program with numbers:8, arithmetic in code, numeric expression in python",
                     "arithmetic:3, numbers:2, operator precedence:2, python:2"),
    "code.strings": ("program with strings:8, strings in code, string expression in python",
                     "string operation:4, text:2, indexing, python:2"),
    "capital.a-i": ("capital of a to i country:8, capitals a to i, countries from a to i", "first half of countries"),
    "capital.j-z": ("capital of j to z country:8, capitals j to z, countries from j to z", "second half of countries"),
    "antonym.a-l": ("antonym of a to l word:8, opposites a to l, opposite of a to l word", "words from a to l"),
    "antonym.m-z": ("antonym of m to z word:8, opposites m to z, opposite of m to z word", "words from m to z"),
    "inflect.plural": ("plural of noun:8, noun plural, plural form", "nouns:4, more than one:2"),
    "inflect.past": ("past tense of verb:8, verb in the past, past form", "verbs:4, tense:3, past"),
}

# Said of questions that need two skills, beside the phrases of both.
TWO = "two steps:3, combined skills:2, multi-step question"


def weighted(text: str) -> Dict[str, int]:
    pairs = (part.split(":") for part in text.split(", "))
    return {name: int(weight[0]) if weight else 1 for name, *weight in pairs}


@dataclass(frozen=True)
class Phrases:
    specific: Dict[str, int]
    facets: Dict[str, int]

    @property
    def canonical(self) -> str:
        return next(iter(self.specific))


def merged(*tables: Dict[str, int]) -> Dict[str, int]:
    return {name: max(t.get(name, 0) for t in tables) for table in tables for name in table}


PHRASES = {sub: Phrases(weighted(specific), merged(weighted(SKILLS[sub.split(".")[0]]), weighted(facets)))
           for sub, (specific, facets) in SUBS.items()}
TWO_STEPS = weighted(TWO)


def drawn(rng, table: Dict[str, int], count: int):
    """Distinct phrases, heavy ones more often."""
    left, out = dict(table), []
    while left and len(out) < count:
        pick = rng.choices(list(left), list(left.values()))[0]
        del left[pick]
        out.append(pick)
    return out


def reply(rng, subs) -> str:
    """Phrases of one sub-skill, or of both of a two-skill question, in any order."""
    total = rng.choices((2, 3, 4, 5), (2, 4, 3, 2))[0]
    said = [drawn(rng, PHRASES[s].specific, 1)[0] for s in subs if rng.random() < 0.93]
    facets = merged(*(PHRASES[s].facets for s in subs), *([TWO_STEPS] if len(subs) > 1 else []))
    said += drawn(rng, {p: w for p, w in facets.items() if p not in said}, max(total, 2) - len(said))
    rng.shuffle(said)
    return ", ".join(said)
