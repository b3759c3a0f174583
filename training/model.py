"""A llama-architecture transformer for training: packed rows, bf16 products, fp32 everything else."""
import math
from dataclasses import asdict, dataclass

import torch


EPS, ROPE_BASE, CONTEXT = 1e-5, 10000.0, 512


@dataclass(frozen=True)
class Shape:
    width: int
    layers: int
    heads: int
    kv_heads: int
    ff: int
    tied: bool = True
    # The zoo leaves all that follows as it is. Zero: the width over the heads.
    head_size: int = 0
    eps: float = EPS
    rope_base: float = ROPE_BASE
    rope_scale: float = 1.0

    @property
    def head(self) -> int:
        return self.head_size or self.width // self.heads

    @property
    def parts(self):
        """Rows of q, k and v in the matrix that makes all three."""
        return [self.heads * self.head, self.kv_heads * self.head, self.kv_heads * self.head]

    def as_dict(self):
        return asdict(self)


class Linear(torch.autograd.Function):
    """bf16 products run about five times faster than fp32 ones here; weights and sums stay fp32."""

    @staticmethod
    def forward(ctx, x, w):
        xb, wb = x.bfloat16(), w.bfloat16()
        ctx.save_for_backward(xb, wb)
        return torch.mm(xb, wb.t()).float()

    @staticmethod
    def backward(ctx, g):
        xb, wb = ctx.saved_tensors
        gb = g.bfloat16()
        return torch.mm(gb, wb).float(), torch.mm(gb.t(), xb).float()


class Norm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w):
        r = torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPS)
        n = x * r
        ctx.save_for_backward(n, r, w)
        return n * w

    @staticmethod
    def backward(ctx, g):
        n, r, w = ctx.saved_tensors
        gn = g * w
        return r * (gn - n * (gn * n).mean(-1, keepdim=True)), (g * n).sum(0)


def rotation(positions, shape: Shape, factors=None):
    """Interleaved rotary angles as complex numbers: llama.cpp then needs no permutation of q and k. `factors`: one
    divisor a frequency, as Llama 3 has them."""
    frequency = shape.rope_base ** (-torch.arange(0, shape.head, 2, device=positions.device).float() / shape.head)
    if factors is not None:
        frequency = frequency / factors
    angle = (positions.float() * shape.rope_scale)[:, None] * frequency
    return torch.polar(torch.ones_like(angle), angle)


def rotate(x, turn):
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(pairs * turn[:, None, :]).flatten(-2)


def parameter_shapes(shape: Shape, vocabulary: int):
    d = shape.width
    out = {"token_embd": (vocabulary, d), "output_norm": (d,)}
    if not shape.tied:
        out["output"] = (vocabulary, d)
    for i in range(shape.layers):
        out.update({f"blk.{i}.attn_norm": (d,), f"blk.{i}.ffn_norm": (d,),
                    f"blk.{i}.qkv": (sum(shape.parts), d), f"blk.{i}.attn_output": (d, shape.parts[0]),
                    f"blk.{i}.gate_up": (2 * shape.ff, d), f"blk.{i}.ffn_down": (d, shape.ff)})
    return out


class Parameters:
    """All weights are views of one buffer, so that clipping and AdamW are a few large operations."""

    def __init__(self, shape: Shape, vocabulary: int, seed: int):
        shapes = parameter_shapes(shape, vocabulary)
        total = sum(math.prod(s) for s in shapes.values())
        generator = torch.Generator().manual_seed(seed)
        self.flat, self.grad, self.decay = torch.zeros(total), torch.zeros(total), torch.zeros(total)
        self.views, at = {}, 0
        for name, size in shapes.items():
            n = math.prod(size)
            if len(size) == 1:
                self.flat[at:at + n] = 1.0
            else:
                std = 0.02 if name in ("token_embd", "output") else 1 / math.sqrt(size[1])
                if name.endswith(("attn_output", "ffn_down")):
                    std /= math.sqrt(2 * shape.layers)
                self.flat[at:at + n] = torch.randn(n, generator=generator) * std
                self.decay[at:at + n] = 1.0
            view = self.flat[at:at + n].view(size).requires_grad_()
            view.grad = self.grad[at:at + n].view(size)
            self.views[name] = view
            at += n

    def __getitem__(self, name):
        return self.views[name]


def forward(shape: Shape, p, tokens, positions, bias, rows: int, wanted):
    """Logits at the wanted flat positions. `bias` [rows,1,T,T] hides later tokens and other examples."""
    h, kv, turned = shape.heads, shape.kv_heads, sum(shape.parts[:2])
    x = p["token_embd"][tokens]
    turn = rotation(positions, shape)
    length = tokens.numel() // rows
    for i in range(shape.layers):
        w = lambda name: p[f"blk.{i}.{name}"]  # noqa: E731
        qkv = Linear.apply(Norm.apply(x, w("attn_norm")), w("qkv"))
        qk = rotate(qkv[:, :turned].reshape(-1, h + kv, shape.head), turn)
        qk = qk.view(rows, length, h + kv, shape.head).transpose(1, 2)
        v = qkv[:, turned:].reshape(rows, length, kv, shape.head).transpose(1, 2)
        q, k = qk[:, :h], qk[:, h:]
        if kv != h:
            k, v = k.repeat_interleave(h // kv, 1), v.repeat_interleave(h // kv, 1)
        scores = torch.matmul(q * (shape.head ** -0.5), k.transpose(2, 3)) + bias
        mixed = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(-1, shape.parts[0])
        x = x + Linear.apply(mixed, w("attn_output"))
        gate, up = Linear.apply(Norm.apply(x, w("ffn_norm")), w("gate_up")).split(shape.ff, 1)
        x = x + Linear.apply(torch.nn.functional.silu(gate) * up, w("ffn_down"))
    return Linear.apply(Norm.apply(x[wanted], p["output_norm"]), p["token_embd" if shape.tied else "output"])
