"""The encoder: architecture `bert` of llama.cpp with one block, read at [CLS].

With one block, positions of zero and [CLS] as the only output, a text's vector depends on how often it has each token:
each head of [CLS] takes a weighted mean of the tokens' values, and the weight of a token is the same in every text.
That is a bag of words with learned term weights, which is what a thousand documents suffice for, and it makes training
cheap: values and weights are computed once for each different token of a batch. llama.cpp computes the same by the
ordinary way (embedders.native compares)."""
import math
from dataclasses import dataclass
from typing import Dict, List

import torch
from torch.nn.functional import embedding_bag, gelu, layer_norm, normalize

from embedders.vocabulary import CLS, SEP

EPS = 1e-12


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
        return {"token_embd.weight": (self.terms, d), **square, **biases, **norms,
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


def embed(shape: Shape, w: Dict[str, torch.Tensor], embeddings: torch.Tensor, cls: torch.Tensor, bags: Bags):
    """Unit vectors [B,width]. `embeddings` [U,width] are those of the bags' terms, `cls` that of [CLS]."""
    b, heads = "blk.0.", (shape.heads, shape.head)
    x, first = norm(embeddings, w, "token_embd_norm"), norm(cls, w, "token_embd_norm")
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
        bags, table = Bags(texts, self.shape.context), self.weights["token_embd.weight"]
        return embed(self.shape, self.weights, table[bags.terms], table[CLS], bags)

    def vectors(self, texts: List[List[int]], batch: int = 512) -> torch.Tensor:
        """[N,width], without gradients."""
        with torch.no_grad():
            return torch.cat([self(texts[i:i + batch]) for i in range(0, len(texts), batch)])


class Adapted:
    """An encoder with low-rank pairs beside every matrix: B A for a linear layer, A[token] B^T for the embeddings, whose
    pair lies the other way round in files of llama.cpp."""

    def __init__(self, base: Encoder, rank: int, alpha: float, seed: int):
        self.base, self.rank, self.alpha, self.pairs = base, rank, alpha, {}
        generator = torch.Generator().manual_seed(seed)
        for name, size in base.shape.tensors().items():
            if len(size) == 2:
                out, inner = (size[1], size[0]) if name == "token_embd.weight" else size
                scale = 1 / math.sqrt(base.shape.width if name == "token_embd.weight" else inner)
                self.pairs[name] = (torch.randn(rank, inner, generator=generator) * scale, torch.zeros(out, rank))

    def parameters(self):
        return [t for pair in self.pairs.values() for t in pair]

    def __call__(self, texts: List[List[int]]) -> torch.Tensor:
        bags, scale, w = Bags(texts, self.base.shape.context), self.alpha / self.rank, dict(self.base.weights)
        for name, (a, b) in self.pairs.items():
            if name != "token_embd.weight":
                w[name] = w[name] + scale * b @ a
        a, b = self.pairs["token_embd.weight"]
        table = w["token_embd.weight"]
        return embed(self.base.shape, w, table[bags.terms] + scale * a[:, bags.terms].t() @ b.t(),
                     table[CLS] + scale * b @ a[:, CLS], bags)

    vectors = Encoder.vectors
