"""Latent semantic analysis: directions of terms and documents by a truncated SVD of tf-idf weights. It initialises the
encoder's token embeddings and is a row of the tables."""
from collections import Counter
from typing import List

import numpy as np
import torch

OVERSAMPLING, ROUNDS = 16, 4


def inverse_frequency(documents: List[List[int]], terms: int) -> np.ndarray:
    frequency = np.zeros(terms, np.float32)
    for document in documents:
        frequency[list(set(document))] += 1
    return np.log((1 + len(documents)) / (1 + frequency)).astype(np.float32)


def weighted(documents: List[List[int]], idf: np.ndarray) -> torch.Tensor:
    """Sparse [N,terms] of (1 + ln tf) idf, each row of length one."""
    rows, columns, values = [], [], []
    for i, document in enumerate(documents):
        counts = Counter(document)
        row = np.array([(1 + np.log(n)) * idf[t] for t, n in counts.items()], np.float32)
        rows += [i] * len(counts)
        columns += counts
        values.append(row / max(1e-6, float(np.linalg.norm(row))))
    flat = torch.from_numpy(np.concatenate(values).astype(np.float32))
    return torch.sparse_coo_tensor([rows, columns], flat, (len(documents), len(idf))).coalesce()


def svd(matrix: torch.Tensor, rank: int, seed: int):
    """(singular values [rank], right vectors [terms, rank]) by random projection and a few rounds of power iteration."""
    generator = torch.Generator().manual_seed(seed)
    turned = matrix.t().coalesce()
    y = torch.randn(matrix.shape[1], min(rank + OVERSAMPLING, *matrix.shape), generator=generator)
    for _ in range(ROUNDS):
        y, _ = torch.linalg.qr(torch.sparse.mm(turned, torch.sparse.mm(matrix, y)))
    _, s, v = torch.linalg.svd(torch.sparse.mm(matrix, y), full_matrices=False)
    return s[:rank], (y @ v.t())[:, :rank]
