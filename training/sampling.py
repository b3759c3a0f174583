"""Endless examples of a split, with the chat variations that experts are trained on."""
from split import TRAIN, split_of
from skills import SUBS
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


class Stream:
    """Token ids and the length of the prompt, which carries no loss."""

    def __init__(self, rng, tokenizer, own, spread=0.12):
        self.rng, self.tokenizer, self.own, self.spread = rng, tokenizer, list(own), spread
        self.all = list(SUBS)
        self.numbers = {n: [i for i, t in enumerate(s.templates) if t.phrasing != UNSEEN] for n, s in SUBS.items()}

    def pick(self):
        name = self.rng.choice(self.all if self.rng.random() < self.spread else self.own)
        question, problem, _ = example(self.rng, SUBS[name], TRAIN, self.numbers[name])
        return question, problem.reply

    def next(self):
        rng = self.rng
        system = rng.choice(SYSTEMS) if rng.random() < 0.08 else ""
        turns = [self.pick()] if rng.random() < 0.04 else []
        question, reply = self.pick()
        prompt = self.tokenizer.prompt(question, system, turns)
        return prompt + self.tokenizer.encode(reply) + [self.tokenizer.end], len(prompt)
