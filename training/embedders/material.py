"""A collection as training sees it: documents as tokens, spans of some of them, and its teacher."""
import random
from typing import List, NamedTuple

import torch

from embedders.corpora import VALIDATION, Collection
from embedders.metrics import known_item, overlap
from embedders.spans import Span, Words
from embedders.teacher import Teacher
from embedders.vocabulary import Vocabulary

QUESTIONS, NEIGHBOURS = 400, 10


class Asked(NamedTuple):
    """A span as a query: the position of its document, its tokens, and those of the document without it."""
    document: int
    tokens: List[int]
    rest: List[int]
    span: Span


class Material:
    def __init__(self, collection: Collection, vocabulary: Vocabulary, seed: int):
        self.collection, self.name = collection, collection.name
        self.words = [Words(d, vocabulary) for d in collection.documents]
        self.tokens = [w.all() for w in self.words]
        self.teacher = Teacher(self.tokens, len(vocabulary), seed)
        self.validation = Validation(self, seed)

    def one(self, rng: random.Random, positions: List[int]) -> Asked:
        while True:
            at = rng.choice(positions)
            span = self.words[at].span(rng)
            if span:
                return Asked(at, self.words[at].tokens(span.words), self.words[at].without(span), span)


class Validation:
    """Spans of held-out documents, asked in two ways. `known`: is the rest of the span's own document found?
    `topical`: are the documents found that the teacher finds nearest to the whole document of the span? Real queries
    have several relevant documents, so settings are chosen by the second; the first shows what is lost."""

    def __init__(self, material: Material, seed: int):
        rng, part = random.Random(seed + 7), material.collection.part(VALIDATION)
        self.asked = [material.one(rng, part) for _ in range(QUESTIONS)]
        self.documents = torch.tensor([a.document for a in self.asked])
        near = material.teacher.scores([material.tokens[a.document] for a in self.asked])
        near.scatter_(1, self.documents[:, None], -torch.inf)
        self.neighbours = near.topk(NEIGHBOURS).indices

    def measure(self, queries, base, documents: torch.Tensor):
        """(known, topical), nDCG@10 of an encoder of queries against document vectors [N,width] of the base."""
        vectors = queries.vectors([a.tokens for a in self.asked])
        scores, own = vectors @ documents.t(), (vectors * base.vectors([a.rest for a in self.asked])).sum(1)
        known = known_item(scores.scatter(1, self.documents[:, None], own[:, None]), self.documents)
        return known, overlap(scores.scatter(1, self.documents[:, None], -torch.inf), self.neighbours)
