"""Interaction layers: frozen peers' states become keys and values of a shared latent space, a frozen primary attends to
them at its own depths. The forward is the one that the service computes, in fp32."""
import math
from dataclasses import dataclass, field
from typing import Dict, List, Tuple

import torch

from generate import Decoder
from model import EPS
from mot.frozen import REPLY


@dataclass(frozen=True)
class Mixture:
    """Who takes part and where. `read` and `write` have one depth for each interaction."""
    experts: Tuple[str, ...]
    widths: Dict[str, int]
    blocks: Dict[str, int]
    pairs: Tuple[str, ...]
    latent: int = 64
    heads: int = 4
    recency: int = 16
    draft: int = 48
    top_k: int = 1
    read: Dict[str, Tuple[int, ...]] = field(default_factory=dict)
    write: Dict[str, Tuple[int, ...]] = field(default_factory=dict)

    @property
    def interactions(self) -> int:
        return len(next(iter(self.read.values())))

    @property
    def primaries(self) -> List[str]:
        return sorted({p.split("<")[0] for p in self.pairs})

    @property
    def peers(self) -> List[str]:
        return sorted({p.split("<")[1] for p in self.pairs})


def rms(x, gain):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPS) * gain


@dataclass
class Bank:
    """Keys and values of all peers of a batch, one set for each interaction: [B,T,d]; `bias` [B,T] is the logarithm of
    the peer's weight, and -inf where a row has no state."""
    keys: List[torch.Tensor]
    values: List[torch.Tensor]
    bias: torch.Tensor

    def rows(self, which):
        return Bank([k[which] for k in self.keys], [v[which] for v in self.values], self.bias[which])


class Layers(torch.nn.Module):
    def __init__(self, mixture: Mixture, seed: int = 1):
        super().__init__()
        self.mixture, self.constant, d = mixture, None, mixture.latent
        g = torch.Generator().manual_seed(seed)
        self.tensors = torch.nn.ParameterDict()

        def new(name: str, *size, std=None, fill=0.0):
            value = torch.full(size, fill) if std is None else torch.randn(size, generator=g) * std
            self.tensors[name.replace(".", "/")] = torch.nn.Parameter(value)

        for q in range(mixture.interactions):
            new(f"mix.{q}.key", d, d, std=d ** -0.5)
            new(f"mix.{q}.value", d, d, std=d ** -0.5)
            new(f"mix.{q}.recency", mixture.recency, d, std=0.5)
            new(f"mix.{q}.null_key", d)
            for e in mixture.peers:
                w, p = mixture.widths[e], f"peer.{mixture.experts.index(e)}.{q}."
                new(p + "norm", w, fill=1.0)
                new(p + "proj", d, w, std=w ** -0.5)
            for e in mixture.primaries:
                w, p = mixture.widths[e], f"primary.{mixture.experts.index(e)}.{q}."
                new(p + "norm", w, fill=1.0)
                new(p + "query", d, w, std=w ** -0.5)
                # At zero the mixture is the plain primary, to the bit.
                new(p + "out", w, d)
                new(p + "gate", w)
                new(p + "gate_bias", 1, fill=1.0)

    def forget_peers(self, rows: int = 16):
        """A control: trained rows, the same for every question, stand where the peers' states were."""
        width = self.mixture.widths[self.mixture.peers[0]]
        self.constant = torch.nn.Parameter(torch.randn(rows, width, generator=torch.Generator().manual_seed(2)))

    def named(self):
        """(name in the file, tensor)"""
        return [(n.replace("/", "."), t) for n, t in self.tensors.items()]

    @property
    def device(self):
        return self.get("mix.0.key").device

    def get(self, name: str):
        return self.tensors[name.replace(".", "/")]

    def bank(self, thoughts, log_weights=None) -> Bank:
        """`thoughts`: {peer: one {depth: rows [T,W]} for each row of the batch}; `log_weights` {peer: [B]}."""
        m, biases = self.mixture, []
        keys, values = ([[] for _ in range(m.interactions)] for _ in range(2))
        for peer, batch in thoughts.items():
            if self.constant is not None:
                batch = [{d: self.constant for d in m.read[peer]}] * len(batch)
            index, lengths = m.experts.index(peer), [len(next(iter(s.values()))) for s in batch]
            size = max(lengths)
            # Aligned right, so that the distance to the end is the same in every row.
            age = torch.arange(size - 1, -1, -1, device=self.device).clamp(max=m.recency - 1)
            for q in range(m.interactions):
                depth = m.read[peer][q]
                rows = torch.stack([torch.nn.functional.pad(s[depth], (0, 0, size - n, 0))
                                    for s, n in zip(batch, lengths)]).to(self.device)
                z = rms(rows, self.get(f"peer.{index}.{q}.norm")) @ self.get(f"peer.{index}.{q}.proj").t()
                keys[q].append(z @ self.get(f"mix.{q}.key").t() + self.get(f"mix.{q}.recency")[age])
                values[q].append(z @ self.get(f"mix.{q}.value").t())
            real = torch.arange(size)[None] >= size - torch.tensor(lengths)[:, None]
            bias = torch.zeros(real.shape).masked_fill(~real, -math.inf).to(self.device)
            biases.append(bias if log_weights is None else bias + log_weights[peer][:, None])
        return Bank([torch.cat(k, 1) for k in keys], [torch.cat(v, 1) for v in values], torch.cat(biases, 1))

    def cross(self, primary: str, q: int, x, bank: Bank):
        """x [B,S,W] with the gated result of interaction q added."""
        p, h = f"primary.{self.mixture.experts.index(primary)}.{q}.", self.mixture.heads
        size = self.mixture.latent // h
        n = rms(x, self.get(p + "norm"))
        u = (n @ self.get(p + "query").t()).unflatten(-1, (h, size)).transpose(1, 2)
        k, v = (t.unflatten(-1, (h, size)).transpose(1, 2) for t in (bank.keys[q], bank.values[q]))
        scores = u @ k.transpose(2, 3) / math.sqrt(size) + bank.bias[:, None, None]
        null = (u * self.get(f"mix.{q}.null_key").view(h, 1, size)).sum(-1, keepdim=True) / math.sqrt(size)
        a = torch.softmax(torch.cat([scores, null], -1), -1)
        o = (a[..., :-1] @ v).transpose(1, 2).flatten(2)
        gate = torch.sigmoid(n @ self.get(p + "gate")[:, None] + self.get(p + "gate_bias"))
        return x + gate * (o @ self.get(p + "out").t())


class Writer(Decoder):
    """A primary that attends to a bank at its write depths; without one it is the plain expert."""

    def __init__(self, expert, tok, weights, layers: Layers):
        super().__init__(expert, tok, weights)
        self.name, self.layers, self.bank = expert.name, layers, None

    def at(self, depth: int, x):
        if self.bank is not None:
            for q, where in enumerate(self.layers.mixture.write[self.name]):
                if where == depth:
                    x = self.layers.cross(self.name, q, x, self.bank)
        return x

    def keep(self, rows):
        if self.bank is not None:
            self.bank = self.bank.rows(rows)

    @torch.no_grad()
    def solve(self, texts, thoughts, weights=None, limit: int = REPLY, batch: int = 100):
        """Replies; `thoughts` {peer: a list as long as texts}, `weights` {peer: log weights}, None is one."""
        prompts, out = [self.tok.prompt(t) for t in texts], [None] * len(texts)
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        for at in range(0, len(order), batch):
            part = order[at:at + batch]
            self.bank = self.layers.bank({p: [t[i] for i in part] for p, t in thoughts.items()},
                                         weights and {p: w[part] for p, w in weights.items()})
            for i, reply in zip(part, self.together([prompts[i] for i in part], limit)):
                out[i] = self.tok.decode(reply)
        self.bank = None
        return out
