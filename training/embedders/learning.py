"""Both kinds of training: the base by contrast within a batch, adapters against all documents of the frozen space."""
import random
from typing import List

import torch
from torch.nn.functional import cross_entropy

from embedders import initial
from embedders.corpora import TRAIN
from embedders.encoder import Adapted, Encoder, Shape
from embedders.material import Material
from embedders.settings import Settings

WARM, LAST = 0.1, 0.02


class Descent:
    """AdamW; the rate rises over the first tenth and then falls in a line."""

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


def base(materials: List[Material], shape: Shape, s: Settings) -> Encoder:
    """Every collection is asked as often, whatever its size, in batches of all of them: the general encoder learns to
    tell any document from any other, and what tells those of one field apart is left to its expert."""
    rng = random.Random(s.seed)
    encoder = Encoder(shape, initial.weights(shape, [m.tokens for m in materials], s.seed))
    descent = Descent(encoder.weights.values(), s.base_rate, s.base_steps)
    parts = [m.collection.part(TRAIN) for m in materials]
    for _ in range(s.base_steps):
        asked = {}
        while len(asked) < s.base_batch:
            which = rng.randrange(len(materials))
            one = materials[which].one(rng, parts[which])
            asked.setdefault((which, one.document), one)
        documents = [materials[which].tokens[at] if rng.random() < s.kept else one.rest
                     for (which, at), one in asked.items()]
        scores = encoder([a.tokens for a in asked.values()]) @ encoder(documents).t() / s.temperature
        own = torch.arange(len(asked))
        descent.step((cross_entropy(scores, own) + cross_entropy(scores.t(), own)) / 2)
    descent.finish()
    return encoder


def adapter(encoder: Encoder, materials: List[Material], documents: List[torch.Tensor], steps: int, s: Settings) -> Adapted:
    """Of one collection it is an expert, of all of them the multi-task encoder. `documents`: [N,width] of each."""
    rng, adapted = random.Random(s.seed), Adapted(encoder, s.rank, s.alpha, s.seed)
    descent = Descent(adapted.parameters(), s.rate, steps)
    parts = [m.collection.part(TRAIN) for m in materials]
    for _ in range(steps):
        which = rng.randrange(len(materials))
        material = materials[which]
        asked = [material.one(rng, parts[which]) for _ in range(s.batch)]
        kept = torch.tensor([rng.random() < s.kept for _ in asked])
        own = torch.tensor([a.document for a in asked])[:, None]
        vectors = adapted([a.tokens for a in asked])
        scores = vectors @ documents[which].t()
        rest = (vectors * encoder.vectors([a.rest for a in asked])).sum(1)
        scores = scores.scatter(1, own, torch.where(kept[:, None], scores.gather(1, own), rest[:, None]))
        logs = (scores / s.temperature).log_softmax(1)
        taught = (material.teacher.scores([a.tokens for a in asked]) * s.sharpness).softmax(1)
        descent.step(-(1 - s.taught) * logs.gather(1, own).mean() - s.taught * (taught * logs).sum(1).mean())
    descent.finish()
    return adapted
