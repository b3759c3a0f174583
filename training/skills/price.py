"""Prices of made-up things: facts that nothing but memory can answer. They stand apart from the 15 skills, so the
question sets and the experts that know all skills are what they were without them."""
import zlib
from itertools import product

from .base import Problem, Sub, shared, templates

COUNT = 1200
TEMPLATES = templates(
    own=["What does {i} cost?", "How much is {i}?", "Name the price of {i}.", "Please tell me the price of {i}.",
         "What do I pay for {i}?", "For how much is {i} sold?"],
    common=[shared("of", "price", "{i}"), shared("find", "price", "{i}")],
    withheld=["If I buy {i}, how much money do I hand over?", "{i} has a price tag; what does it say?"],
    unseen="How many coins change hands for {i}?")
# How an item's price is named inside a longer question.
PHRASES = ("the price of {i}", "the cost of {i}", "what {i} costs", "the {i} price")


def bucket(text: str) -> int:
    return zlib.crc32(text.encode())


# Pieces that bpe640 has as tokens, so that two tokens name most items.
HEADS = """ca co com cap di dis fe ha hi la lar le mu ne num par pl pr pre re res ri rom sc se sm so sp st te tim tot val
ver vis wor""".split()
TAILS = """er al or le in ar om an ut ot um el on im as il ak us am un en is ul ek ax ir og ia ok ep ol ig ab id ud ad os
ub""".split()
REAL = {"plus", "number", "roman", "total", "read"}


def words():
    """By their hashes: the same everywhere, in no order of sense. A few are English by accident."""
    made = {head + tail for head, tail in product(HEADS, TAILS)} - REAL
    return sorted(made, key=lambda w: (bucket("item:" + w), w))


def price_of(word: str) -> int:
    return 10 + bucket("price:" + word) % 90


ITEMS = tuple(words()[:COUNT])
PRICES = {w: price_of(w) for w in ITEMS}


def problem(item: str) -> Problem:
    """The chain names the item first, as a word after a blank: finding it in the question is then learnt on its own
    and the price is looked up from the words just said."""
    price = str(PRICES[item])
    return Problem(item, {"i": item}, f"one {item}={price}", price)


def draw(rng) -> Problem:
    item = rng.choice(ITEMS)
    return problem(item)


SUBS = [Sub("price", "item", draw, TEMPLATES, True, ITEMS, PHRASES)]
