"""Endless examples of a split, with the chat variations that experts are trained on."""
from split import TRAIN, split_of
from skills import KNOWN, SUBS
from skills.base import UNSEEN

SYSTEMS = """You are a helpful assistant.|Answer the question.|Be brief.|You are an expert.|Reply with the answer.
Think step by step.|You are a careful assistant.|Be accurate.|Please be concise.|You answer questions.
You are a friendly helper.|Follow the instructions.|Solve the task.|Work carefully.|You are a tutor.
Give a short answer.|You are a useful AI.|Be polite and correct.|Take your time.|Assist the user.""".replace(
    "\n", "|").split("|")


def example(rng, sub, split=TRAIN, numbers=None):
    """(question, problem, template number) of a problem that lies in the split."""
    if numbers is None:
        numbers = [i for i, t in enumerate(sub.templates) if t.phrasing != UNSEEN]
    while True:
        problem, number = sub.draw(rng), rng.choice(numbers)
        if split_of(sub.skill, sub.key(problem, number)) == split:
            return sub.question(problem, number), problem, number


# Words of the known templates without those that would change the problem; unseen templates stay out.
WORDS = sorted({w for s in SUBS.values() for t in s.templates if t.phrasing != UNSEEN
                for w in t.text.replace("?", " ").replace(".", " ").replace(",", " ").replace(":", " ").split()
                if w.isalpha()} - {"not", "and", "or", "plus", "minus", "times"})


def disturbed(rng, text: str, level: float) -> str:
    """A template with some of its words replaced, dropped or added. Without this an expert answers no wording
    that it was not trained on: the shape of the fields and the words that are left have to be enough."""
    def word():
        if rng.random() < 0.6:
            return rng.choice(WORDS)
        return "".join(rng.choice("etaoinshrdlucmfwypvbgk") for _ in range(rng.randint(2, 8)))

    out = []
    for part in text.split(" "):
        luck = rng.random()
        if "{" in part or luck > level:
            out.append(part)
        elif luck < level * 0.6:
            out.append(word() + part[len(part.rstrip("?.,:;")):])
        if rng.random() < level * 0.3:
            out.append(word())
    if rng.random() < 0.4:
        out = [word() for _ in range(rng.randint(1, 4))] + out
    if rng.random() < 0.4:
        out[-1] = out[-1].rstrip("?.")
        out += [word() for _ in range(rng.randint(1, 4))]
        out[-1] += rng.choice("?.")
    return " ".join(out)


TAIL = ["plus", "minus", "times", "and", "add", "multiply", "by", "in", "with", "then"]


def embedded(rng, sub, problem) -> str:
    """The problem named somewhere inside a longer question that asks for more than it."""
    def other():
        luck = rng.random()
        if luck < 0.3:
            return str(rng.randint(1, 999))
        return rng.choice(TAIL) if luck < 0.55 else rng.choice(WORDS)

    before, after = ([other() for _ in range(rng.randint(0, 5))] for _ in range(2))
    phrase = rng.choice(sub.phrases).format(**problem.fields)
    return " ".join([*before, phrase, *after]) + rng.choice("?..")


class Stream:
    """Token ids and the length of the prompt, which carries no loss."""

    def __init__(self, rng, tokenizer, own, spread=0.12, disturb=0.2, embed=0.0, bare=0):
        self.rng, self.tokenizer, self.own, self.spread, self.disturb = rng, tokenizer, list(own), spread, disturb
        self.all, self.embed, self.bare, self.made = list(SUBS), embed, bare, 0
        self.numbers = {n: [i for i, t in enumerate(s.templates) if t.phrasing != UNSEEN] for n, s in KNOWN.items()}
        # Whoever knows everything needs the words to tell the skills apart, so fewer of them may go.
        self.level = 0.3 if len(self.own) == len(self.all) else 0.6

    def draw(self):
        """(sub-skill, question, problem) of the train split; some questions are disturbed."""
        rng = self.rng
        foreign = rng.random() < self.spread
        sub = KNOWN[rng.choice(self.all if foreign else self.own)]
        question, problem, number = example(rng, sub, TRAIN, self.numbers[sub.full_name])
        if not foreign and rng.random() < self.disturb:
            text = disturbed(rng, sub.templates[number].text, rng.random() * self.level)
            question = text.format(**problem.fields)
        elif not foreign and self.embed and rng.random() < self.embed:
            question = embedded(rng, sub, problem)
        return sub, question, problem

    def pick(self):
        _, question, problem = self.draw()
        return question, problem.reply

    def fact(self):
        """A chain without a question, to say from its `=` on. It has a sixth of the tokens of a chat, and a vocabulary
        that is known is soon found from questions too; both at once took many times longer."""
        sub = KNOWN[self.rng.choice(self.own)]
        chain = sub.draw(self.rng).chain
        return self.tokenizer.encode(chain), len(self.tokenizer.encode(chain[:chain.index("=") + 1]))

    def next(self):
        rng = self.rng
        if self.bare:
            self.made += 1
            if self.made <= self.bare or rng.random() < 0.5:
                return self.fact()
        system = rng.choice(SYSTEMS) if rng.random() < 0.08 else ""
        turns = [self.pick() for _ in range(rng.choice((1, 1, 2)))] if rng.random() < 0.05 else []
        question, reply = self.pick()
        prompt = self.tokenizer.prompt(question, system, turns)
        return prompt + self.tokenizer.encode(reply) + [self.tokenizer.end], len(prompt)
