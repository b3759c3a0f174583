"""Which documents of a collection a text is about, from the documents alone: BM25 and the collection's own latent
semantic analysis, which err in different ways. It is fitted on the whole collection and has its size, so no encoder of
a few hundred dimensions over all collections can be as good; an adapter learns from it what fits the frozen space."""
from typing import List

import torch
from torch.nn.functional import normalize

from embedders import latent
from embedders.lexical import Bm25

RANK = 200


def standard(scores: torch.Tensor) -> torch.Tensor:
    return (scores - scores.mean(1, keepdim=True)) / scores.std(1, keepdim=True).clamp(min=1e-6)


class Teacher:
    def __init__(self, documents: List[List[int]], terms: int, seed: int):
        self.lexical, self.idf = Bm25(documents, terms), latent.inverse_frequency(documents, terms)
        matrix = latent.weighted(documents, self.idf)
        _, self.directions = latent.svd(matrix, min(RANK, len(documents) // 4), seed)
        self.documents = normalize(torch.sparse.mm(matrix, self.directions), dim=1)

    def latent(self, texts: List[List[int]]) -> torch.Tensor:
        """Cosines [Q,N]."""
        placed = torch.sparse.mm(latent.weighted(texts, self.idf), self.directions)
        return normalize(placed, dim=1) @ self.documents.t()

    def scores(self, texts: List[List[int]]) -> torch.Tensor:
        """[Q,N], in deviations."""
        return standard(self.lexical.scores(texts)) + standard(self.latent(texts))
