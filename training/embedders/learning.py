"""How an adapter learns: spans of documents, asked against all documents of their collection in the frozen space, are
to be answered as the collection's teacher answers them."""
import random
from typing import List

import torch

from embedders.corpora import TRAIN
from embedders.encoder import Adapted, Encoder
from embedders.material import Material
from embedders.settings import Settings

WARM, LAST = 0.1, 0.02
# Documents that a teacher's answer is about; what it says of all the others is taken as nothing.
ANSWERED, PART = 128, 250


class Descent:
    """AdamW without decay; the rate rises over the first tenth and then falls in a line."""

    def __init__(self, parameters, rate: float, steps: int):
        self.parameters, self.rate, self.steps, self.done = list(parameters), rate, steps, 0
        for parameter in self.parameters:
            parameter.requires_grad_()
        self.optimizer = torch.optim.AdamW(self.parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0)

    def step(self, loss: torch.Tensor):
        self.done += 1
        share = self.done / self.steps
        self.optimizer.param_groups[0]["lr"] = self.rate * min(1, share / WARM) * max(LAST, 1 - share)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def finish(self):
        for parameter in self.parameters:
            parameter.requires_grad_(False)


class Lessons:
    """Spans of a collection's training documents with their answers: the nearest documents [n,ANSWERED] and how near
    the teacher says they are. Made once for all adapters, since the teacher costs more than a step."""

    def __init__(self, material: Material, documents: torch.Tensor, s: Settings):
        rng, part = random.Random(s.seed), material.collection.part(TRAIN)
        self.documents = documents
        self.spans = [material.one(rng, part).tokens for _ in range(s.lessons)]
        nearest = [material.teacher.scores(self.spans[i:i + PART]).topk(min(ANSWERED, len(documents)))
                   for i in range(0, s.lessons, PART)]
        self.answers = (torch.cat([n.values for n in nearest]) * s.sharpness).softmax(1)
        self.answered = torch.cat([n.indices for n in nearest])

    def loss(self, queries: Adapted, which: List[int], s: Settings) -> torch.Tensor:
        """Cross-entropy between the teacher's answers and the softmax over all documents."""
        logs = (queries([self.spans[i] for i in which]) @ self.documents.t() / s.temperature).log_softmax(1)
        return -(self.answers[which] * logs.gather(1, self.answered[which])).sum(1).mean()


def taught(start: Adapted, lessons: List[Lessons], steps: int, rate: float, s: Settings) -> Adapted:
    """A copy of `start` that went on with these lessons, a batch of each collection in turn."""
    rng, adapted = random.Random(s.seed), start.clone()
    descent = Descent(adapted.parameters(), rate, steps)
    for step in range(steps):
        one = lessons[step % len(lessons)]
        descent.step(one.loss(adapted, rng.sample(range(len(one.spans)), s.batch), s))
    descent.finish()
    return adapted
