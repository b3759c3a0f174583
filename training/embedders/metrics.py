"""How good a ranking is."""
import numpy as np
import torch


def ndcg(order, gains, depth: int = 10) -> float:
    """`gains`: {document: grade}; linear gain, as trec_eval and BEIR have it."""
    discount = 1 / np.log2(np.arange(2, depth + 2))
    found = sum(gains.get(d, 0) * discount[i] for i, d in enumerate(order[:depth]))
    best = sum(g * discount[i] for i, g in enumerate(sorted(gains.values(), reverse=True)[:depth]))
    return found / best if best else 0.0


def recall(order, gains, depth: int = 100) -> float:
    relevant = {d for d, g in gains.items() if g > 0}
    return len(relevant & set(order[:depth])) / max(1, len(relevant))


def known_item(scores: torch.Tensor, documents: torch.Tensor, depth: int = 10) -> float:
    """Mean nDCG of queries with one relevant document each. scores [Q,N], documents [Q]."""
    rank = (scores > scores.gather(1, documents[:, None])).sum(1)
    return float(torch.where(rank < depth, 1 / torch.log2(rank + 2.0), torch.zeros(())).mean())


def overlap(scores: torch.Tensor, relevant: torch.Tensor) -> float:
    """Mean nDCG of rankings by scores [Q,N], where relevant [Q,k] are the documents to find in the first k places."""
    depth = relevant.shape[1]
    discount = 1 / torch.log2(torch.arange(depth) + 2.0)
    hits = (scores.topk(depth).indices[:, :, None] == relevant[:, None, :]).any(2).float()
    return float((hits @ discount).mean() / discount.sum())
