"""BM25, as the teacher of the experts and as a row of the tables."""
import math
from collections import Counter
from typing import List

import numpy as np
import torch

K1, B = 0.9, 0.4


class Bm25:
    """Terms are token ids; scores of a batch of queries come from one product with a sparse matrix [terms, N]."""

    def __init__(self, documents: List[List[int]], terms: int):
        lengths = np.array([max(1, len(d)) for d in documents], np.float32)
        rows, columns, values = [], [], []
        frequency = np.zeros(terms, np.float32)
        norm = K1 * (1 - B + B * lengths / lengths.mean())
        for i, document in enumerate(documents):
            for term, count in Counter(document).items():
                rows.append(term)
                columns.append(i)
                values.append(count * (K1 + 1) / (count + norm[i]))
                frequency[term] += 1
        self.idf = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5))
        weights = torch.tensor(values, dtype=torch.float32) * torch.from_numpy(self.idf)[rows]
        self.matrix = torch.sparse_coo_tensor([rows, columns], weights, (terms, len(documents))).t().coalesce()
        self.terms = terms

    def scores(self, queries: List[List[int]]) -> torch.Tensor:
        """[Q,N]."""
        x = torch.zeros(self.terms, len(queries))
        for i, query in enumerate(queries):
            for term in query:
                x[term, i] += 1
        return torch.sparse.mm(self.matrix, x).t()
