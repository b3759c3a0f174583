"""The encoder: architecture `bert` of llama.cpp with one block, read at [CLS].

With one block, positions of zero and [CLS] as the only output, a text's vector depends on how often it has each token:
each head of [CLS] takes a weighted mean of the tokens' values, and the weight of a token is the same in every text.
That is a bag of words with learned term weights, which is what a thousand documents suffice for, and it makes training
cheap: values and weights are computed once for each different token of a batch. llama.cpp computes the same by the
ordinary way (embedders.native compares)."""
import copy
import math
from dataclasses import dataclass
from typing import Dict, List

import torch
from torch.nn.functional import embedding, embedding_bag, gelu, layer_norm, normalize

from embedders.vocabulary import CLS, SEP

EPS = 1e-12
EMBEDDINGS = "token_embd.weight"


@dataclass(frozen=True)
class Shape:
    terms: int
    width: int
    heads: int
    ff: int
    context: int

    @property
    def head(self) -> int:
        return self.width // self.heads

    def tensors(self) -> Dict[str, tuple]:
        """Names as in files of llama.cpp, sizes as torch has them."""
        d, f, b = self.width, self.ff, "blk.0."
        square = {f"{b}attn_{n}.weight": (d, d) for n in ("q", "k", "v", "output")}
        biases = {f"{b}attn_{n}.bias": (d,) for n in ("q", "k", "v", "output")}
        norms = {f"{n}.{p}": (d,) for n in ("token_embd_norm", b + "attn_output_norm", b + "layer_output_norm")
                 for p in ("weight", "bias")}
        return {EMBEDDINGS: (self.terms, d), **square, **biases, **norms,
                b + "ffn_up.weight": (f, d), b + "ffn_up.bias": (f,), b + "ffn_down.weight": (d, f),
                b + "ffn_down.bias": (d,)}


class Bags:
    """Texts as counts of tokens: `terms` [U] are the different ones, `at` [n] the places of a text's tokens among them,
    `counts` [n], `offsets` [B]."""

    def __init__(self, texts: List[List[int]], context: int):
        flat, counts, offsets = [], [], []
        for text in texts:
            offsets.append(len(flat))
            bag = {CLS: 1, SEP: 1}
            for token in text[:context - 2]:
                bag[token] = bag.get(token, 0) + 1
            flat += bag
            counts += bag.values()
        self.terms, self.at = torch.tensor(flat).unique(return_inverse=True)
        self.counts, self.offsets = torch.tensor(counts, dtype=torch.float32), torch.tensor(offsets)

    def sums(self, table: torch.Tensor) -> torch.Tensor:
        """[B,n] of a table [U,n]."""
        return embedding_bag(self.at, table, self.offsets, mode="sum", per_sample_weights=self.counts)


def norm(x, w, name: str):
    return layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], EPS)


def embed(shape: Shape, w: Dict[str, torch.Tensor], terms: torch.Tensor, cls: torch.Tensor, bags: Bags):
    """Unit vectors [B,width]. `terms` [U,width] are the embeddings of the bags' terms, `cls` is that of [CLS]."""
    b, heads = "blk.0.", (shape.heads, shape.head)
    x, first = norm(terms, w, "token_embd_norm"), norm(cls, w, "token_embd_norm")
    q = (w[b + "attn_q.weight"] @ first + w[b + "attn_q.bias"]).view(heads)
    # q K^T with K = x Wk^T: one product of [U,width] with [width,heads]. The bias of K is the same for every token.
    asked = (w[b + "attn_k.weight"].view(*heads, -1) * q[:, :, None]).sum(1)
    logits = x @ asked.t() / math.sqrt(shape.head)
    v = (x @ w[b + "attn_v.weight"].t() + w[b + "attn_v.bias"]).view(-1, *heads)
    weights = (logits - logits.max(0).values).exp()
    total = bags.sums(weights)
    mean = bags.sums((weights[:, :, None] * v).flatten(1)).view(-1, *heads) / total[:, :, None]
    h = mean.flatten(1) @ w[b + "attn_output.weight"].t() + w[b + "attn_output.bias"] + first
    h = norm(h, w, b + "attn_output_norm")
    inner = gelu(h @ w[b + "ffn_up.weight"].t() + w[b + "ffn_up.bias"], approximate="tanh")
    h = h + inner @ w[b + "ffn_down.weight"].t() + w[b + "ffn_down.bias"]
    return normalize(norm(h, w, b + "layer_output_norm"), dim=1)


class Encoder:
    def __init__(self, shape: Shape, weights: Dict[str, torch.Tensor]):
        self.shape, self.weights = shape, weights

    def __call__(self, texts: List[List[int]]) -> torch.Tensor:
        bags, table = Bags(texts, self.shape.context), self.weights[EMBEDDINGS]
        return embed(self.shape, self.weights, table[bags.terms], table[CLS], bags)

    def vectors(self, texts: List[List[int]], batch: int = 512) -> torch.Tensor:
        """[N,width], without gradients."""
        with torch.no_grad():
            return torch.cat([self(texts[i:i + batch]) for i in range(0, len(texts), batch)])


class Adapted:
    """An encoder with low-rank pairs beside its matrices: weight + alpha/rank B A for a linear layer; for the embeddings,
    where rows are looked up, A[token] B^T, and A lies as files of llama.cpp have it, a row a token.

    It starts at the encoder. Of a linear layer B is zero, as ever. Of the embeddings it is A, so that a token that no
    span had stays where it was: with A drawn at random all rare tokens would be moved by what the others learn. The
    first direction of B is the coordinate that holds a token's weight, the others are random."""

    def __init__(self, base: Encoder, rank: int, alpha: float, tokens: bool, seed: int):
        self.base, self.rank, self.alpha, self.pairs = base, rank, alpha, {}
        generator = torch.Generator().manual_seed(seed)
        for name, size in base.shape.tensors().items():
            if len(size) == 2 and name != EMBEDDINGS:
                self.pairs[name] = (torch.randn(rank, size[1], generator=generator) / math.sqrt(size[1]),
                                    torch.zeros(size[0], rank))
        if tokens:
            directions, _ = torch.linalg.qr(torch.randn(base.shape.width, rank, generator=generator))
            directions[:, 0], directions[-1] = 0, 0
            directions[-1, 0] = 1
            self.pairs[EMBEDDINGS] = (torch.zeros(base.shape.terms, rank), directions)

    def parameters(self):
        return [t for pair in self.pairs.values() for t in pair]

    def clone(self) -> "Adapted":
        other = copy.copy(self)
        other.pairs = {name: (a.clone(), b.clone()) for name, (a, b) in self.pairs.items()}
        return other

    def __call__(self, texts: List[List[int]]) -> torch.Tensor:
        bags, w, scale = Bags(texts, self.base.shape.context), dict(self.base.weights), self.alpha / self.rank
        for name, (a, b) in self.pairs.items():
            if name != EMBEDDINGS:
                w[name] = w[name] + scale * b @ a
        terms, cls = w[EMBEDDINGS][bags.terms], w[EMBEDDINGS][CLS]
        if EMBEDDINGS in self.pairs:
            a, b = self.pairs[EMBEDDINGS]
            terms, cls = terms + scale * embedding(bags.terms, a) @ b.t(), cls + scale * b @ a[CLS]
        return embed(self.base.shape, w, terms, cls, bags)

    vectors = Encoder.vectors
