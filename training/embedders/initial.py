"""What the encoder starts from: latent semantic analysis of the balanced collections, written as its weights.

A token's embedding is the direction of its term, and one coordinate more (the last) holds the logarithm of its weight,
which every head of [CLS] reads as its key; values and output are the identity. So before the first step a text's vector
is its LSA vector. The last coordinate also holds all of [CLS], which the norm after attention multiplies by zero."""
import math
from typing import List

import torch

from embedders import latent
from embedders.encoder import Shape
from embedders.vocabulary import CLS, SEP, SPECIALS

# How far the weight's coordinate may go beside a direction of length one, and how much more than [CLS] attention gives.
SPREAD, OUTPUT = 0.5, 4.0
LIGHTEST = 1e-4


def balanced(collections: List[List[List[int]]], terms: int):
    """(sparse [N,terms] in which every collection has the same weight, idf [terms] of a term's mean share)."""
    shares = torch.zeros(terms)
    for documents in collections:
        for document in documents:
            shares[list(set(document))] += 1 / len(documents) / len(collections)
    smallest = 1 / sum(map(len, collections))
    idf = torch.log(1 / shares.clamp(min=smallest))
    idf[shares == 0] = 0
    factors = [1 / math.sqrt(len(documents)) for documents in collections for _ in documents]
    matrix = latent.weighted([d for documents in collections for d in documents], idf.numpy())
    values = matrix.values() * torch.tensor(factors)[matrix.indices()[0]]
    return torch.sparse_coo_tensor(matrix.indices(), values, matrix.shape).coalesce(), idf


def weights(shape: Shape, collections: List[List[List[int]]], seed: int):
    d, generator = shape.width, torch.Generator().manual_seed(seed)
    matrix, idf = balanced(collections, shape.terms)
    _, right = latent.svd(matrix, d - 1, seed)
    # Fewer documents than coordinates span fewer directions; the others stay unused.
    right = torch.nn.functional.pad(right, (0, d - 1 - right.shape[1]))
    lengths = right.norm(dim=1)
    directions = right / lengths.clamp(min=1e-9)[:, None]
    unseen = lengths < 1e-6
    directions[unseen] = torch.randn(int(unseen.sum()), d - 1, generator=generator) / math.sqrt(d)
    logs = (idf * lengths).clamp(min=LIGHTEST * float((idf * lengths).max())).log()
    logs[:len(SPECIALS)] = logs.min()
    span = float(logs.max() - logs.min())
    place = ((logs - logs.min()) / span - 0.5) * 2 * SPREAD
    w = {n: torch.zeros(s) for n, s in shape.tensors().items()}
    for name in w:
        if name.endswith("norm.weight"):
            w[name].fill_(1)
    w["token_embd.weight"][:, :d - 1], w["token_embd.weight"][:, d - 1] = directions, place
    for token in (CLS, SEP):
        w["token_embd.weight"][token] = 0
        w["token_embd.weight"][token, d - 1] = -1
    b = "blk.0."
    w[b + "attn_v.weight"][:d - 1, :d - 1] = torch.eye(d - 1)
    w[b + "attn_output.weight"].copy_(torch.eye(d) * OUTPUT)
    w[b + "attn_output_norm.weight"][d - 1] = 0
    for head in range(shape.heads):
        # The norm of the embeddings takes a length of sqrt(1 + place^2) to sqrt(width).
        w[b + "attn_q.bias"][head * shape.head] = math.sqrt(shape.head)
        w[b + "attn_k.weight"][head * shape.head, d - 1] = span / (2 * SPREAD) / math.sqrt(d)
    w[b + "attn_q.weight"].copy_(torch.randn(d, d, generator=generator) * 0.002)
    w[b + "ffn_up.weight"].copy_(torch.randn(shape.ff, d, generator=generator) / math.sqrt(d))
    return w
