"""The reader's examples: passages and a question that one of them answers. What it says is copied from the passages, so it
can be asked about things that it never heard of."""
from sampling import Stream
from skills.base import UNSEEN, templates
from skills.capital import CAPITALS, TEMPLATES as CAPITAL_TEMPLATES
from skills.price import HEADS, ITEMS, TAILS, TEMPLATES as PRICE_TEMPLATES

# As the service writes it: Orchestrator.Retrieval.Answers.ContextPrompt.
HEAD, QUESTION = "Use these passages if they help.", "Question: "
SHELVES = "ABCDEFGHJKLMNPRSTUVWXYZ"
WEIGHT_TEMPLATES = templates(
    own=["What does {i} weigh?", "How heavy is {i}?", "Tell me the weight of {i}.", "What weight has {i}?",
         "How many grams does {i} weigh?", "Name the weight of {i}.", "How much does {i} weigh?"],
    common=[], withheld=["If I put {i} on a scale, what do I read?", "Which weight is noted for {i}?"],
    unseen="How many grams has {i}?")
SHELF_TEMPLATES = templates(
    own=["On which shelf is {i}?", "Where is {i}?", "Which shelf has {i}?", "Where do I find {i}?",
         "Tell me the shelf of {i}.", "Name the shelf of {i}.", "Where is {i} kept?"],
    common=[], withheld=["Which shelf do I go to for {i}?", "I look for {i}; which shelf?"],
    unseen="What is the place of {i}?")
TEMPLATES = {"price": PRICE_TEMPLATES, "weight": WEIGHT_TEMPLATES, "shelf": SHELF_TEMPLATES}
KNOWN_ITEMS = frozenset(ITEMS)
VERBS = {"price": "costs", "weight": "weighs", "shelf": "is on shelf"}
UNITS = {"price": " coins", "weight": " grams", "shelf": ""}
UNKNOWN = "Answer: unknown"
# So many examples at the beginning are one short passage each, and all of their tokens are learnt: that what stood before comes
# again is found there, in a tenth of the time that replies alone need for it.
WHOLE = 24_000


def item_text(name: str, values: dict, order) -> str:
    """One sentence a field, each with the name in it: `muog costs 93 coins. muog is on shelf K.`"""
    return " ".join(f"{name} {VERBS[f]} {values[f]}{UNITS[f]}." for f in order)


def item_reply(name: str, field: str, value) -> str:
    """The words of the passage up to the value, then the value: finding the place is learnt on its own."""
    return f"{name} {VERBS[field]} {value} Answer: {value}"


def capital_text(country: str, capital: str) -> str:
    return f"The capital of {country} is {capital}."


def capital_reply(country: str, capital: str) -> str:
    return f"{country} is {capital} Answer: {capital}"


def message(passages, question: str) -> str:
    listed = "\n".join(f"{i}. {p}" for i, p in enumerate(passages, 1))
    return f"{HEAD}\n{listed}\n\n{QUESTION}{question}"


class ReadStream(Stream):
    """Names, values and countries are made up for each example; those of the shipped collection (stock.py) never occur but by
    chance."""

    made = 0

    def name(self) -> str:
        """Never one of the items whose prices others know by heart."""
        rng = self.rng
        while True:
            name = rng.choice(HEADS) + rng.choice(TAILS) + (rng.choice(TAILS) if rng.random() < 0.6 else "")
            if name not in KNOWN_ITEMS:
                return name

    def values(self) -> dict:
        rng = self.rng
        return {"price": rng.randint(2, 999), "weight": rng.randint(2, 999), "shelf": rng.choice(SHELVES) + str(rng.randint(1, 40))}

    def item(self):
        """(passage, question, reply)"""
        rng, name, values = self.rng, self.name(), self.values()
        order = rng.sample(list(VERBS), rng.choice((1, 2, 3, 3, 3)))
        field = rng.choice(order)
        template = rng.choice([t for t in TEMPLATES[field] if t.phrasing != UNSEEN])
        return item_text(name, values, order), template.text.format(i=name), item_reply(name, field, values[field])

    def capital(self):
        """Half of the countries are real with capitals that are not theirs: the passage counts, not what is known."""
        rng = self.rng
        country = rng.choice(list(CAPITALS)) if rng.random() < 0.5 else self.name().capitalize()
        capital = rng.choice(list(CAPITALS.values())) if rng.random() < 0.5 else self.name().capitalize()
        template = rng.choice([t for t in CAPITAL_TEMPLATES if t.phrasing != UNSEEN])
        return capital_text(country, capital), template.text.format(c=country), capital_reply(country, capital)

    def passage(self):
        """(passage, question, reply)"""
        return self.item() if self.rng.random() < 0.75 else self.capital()

    def pick(self):
        rng = self.rng
        passage, question, reply = self.passage()
        whole = self.made <= WHOLE
        passages = [self.passage()[0] for _ in range(0 if whole else rng.choice((0, 1, 2, 2, 2, 3)))]
        if passages and rng.random() < 0.08:
            reply = UNKNOWN
        else:
            passages.insert(rng.randint(0, len(passages)), passage)
        return message(passages, question), reply

    def next(self):
        """One message, no system text and no earlier turns: that is how it is asked."""
        self.made += 1
        question, reply = self.pick()
        prompt = self.tokenizer.prompt(question)
        return prompt + self.tokenizer.encode(reply) + [self.tokenizer.end], 1 if self.made <= WHOLE else len(prompt)
