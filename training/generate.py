"""Decoding in torch fp32, greedy or sampled, with a key/value cache; prompts of a batch are padded on the left."""
import torch

from model import EPS, rotate, rotation


def rounded(weights):
    """The weights as the F16 file holds them (norms stay fp32)."""
    return {k: (w if w.dim() == 1 else w.half().float()) for k, w in weights.items()}


def norm(x, w, eps=EPS):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * w


def product(x, w):
    """In the type of the weights; what is added up afterwards is fp32."""
    return (x.to(w.dtype) @ w.t()).float()


def padded(prompts, device="cpu"):
    """(tokens, positions, mask, padding of each row, which tokens are real): rows of unlike length, aligned right."""
    size = max(map(len, prompts))
    pad = torch.tensor([size - len(p) for p in prompts])
    tokens = torch.tensor([[0] * (size - len(p)) + list(p) for p in prompts])
    positions = (torch.arange(size)[None] - pad[:, None]).clamp(min=0)
    real = torch.arange(size)[None] >= pad[:, None]
    # A padding row sees itself only, which keeps its softmax finite.
    mask = (real[:, None, :] & torch.ones(size, size).tril().bool()) | torch.eye(size).bool()
    return tuple(t.to(device) for t in (tokens, positions, mask, pad, real))


class Decoder:
    """Greedy at temperature 0; above it every token is drawn from the whole vocabulary, with a seed."""

    def __init__(self, expert, tok, weights, temperature=0.0, seed=0):
        self.shape, self.tok, self.w = expert.shape, tok, weights
        self.device = weights["token_embd"].device
        self.temperature, self.generator = temperature, torch.Generator().manual_seed(seed)
        self.top = weights["token_embd" if expert.shape.tied else "output"]

    def at(self, depth: int, x):
        """Residual rows [B,T,W]: depth 0 is the embedding, depth i the output of block i - 1; may return others."""
        return x

    def keep(self, rows):
        """Rows of the batch that go on; the others have ended."""

    def run(self, tokens, positions, mask, cache):
        return self.head(self.blocks(tokens, positions, mask, cache)[:, -1])

    def head(self, x):
        return product(norm(x, self.w["output_norm"], self.shape.eps), self.top)

    def blocks(self, tokens, positions, mask, cache):
        """tokens, positions [B,T]; mask [B,T,S] over everything cached so far and these tokens."""
        s, w = self.shape, self.w
        b, t = tokens.shape
        x = self.at(0, w["token_embd"][tokens].float())
        turn, turned = rotation(positions.flatten(), s, w.get("rope_freqs")), sum(s.parts[:2])
        bias = torch.zeros(mask.shape, device=mask.device).masked_fill_(~mask, -1e9)[:, None]
        for i in range(s.layers):
            p = f"blk.{i}."
            qkv = product(norm(x, w[p + "attn_norm"], s.eps), w[p + "qkv"])
            if p + "qkv.bias" in w:
                qkv = qkv + w[p + "qkv.bias"]
            qk = qkv[..., :turned].reshape(b * t, -1, s.head)
            if p + "qk_norm" in w:
                qk = norm(qk, w[p + "qk_norm"], s.eps)
            qk = rotate(qk, turn).view(b, t, -1, s.head).transpose(1, 2)
            v = qkv[..., turned:].reshape(b, t, s.kv_heads, s.head).transpose(1, 2)
            q, k = qk[:, :s.heads], qk[:, s.heads:]
            if i in cache:
                k, v = torch.cat([cache[i][0], k], 2), torch.cat([cache[i][1], v], 2)
            cache[i] = (k, v)
            k, v = (m.repeat_interleave(s.heads // s.kv_heads, 1, output_size=s.heads) for m in (k, v))
            a = torch.softmax(q @ k.transpose(2, 3) * s.head ** -0.5 + bias, -1) @ v
            x = x + product(a.transpose(1, 2).reshape(b, t, -1), w[p + "attn_output"])
            gate, up = product(norm(x, w[p + "ffn_norm"], s.eps), w[p + "gate_up"]).split(s.ff, -1)
            x = self.at(i + 1, x + product(torch.nn.functional.silu(gate) * up, w[p + "ffn_down"]))
        return x

    @torch.no_grad()
    def answer(self, prompts, limit: int = 120, batch: int = 150):
        """Token ids of every reply, without the end token. Alike lengths share a batch."""
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        out = [None] * len(prompts)
        for at in range(0, len(order), batch):
            part = order[at:at + batch]
            for i, reply in zip(part, self.together([prompts[i] for i in part], limit)):
                out[i] = reply
        return out

    def chosen(self, logits):
        if self.temperature == 0:
            return logits.argmax(-1)
        return torch.multinomial(torch.softmax(logits / self.temperature, -1), 1, generator=self.generator)[:, 0]

    def together(self, prompts, limit: int):
        tokens, positions, mask, pad, real = padded(prompts, self.device)
        size, n = tokens.shape[1], len(prompts)
        cache, replies, live = {}, [[] for _ in prompts], list(range(n))
        logits = self.run(tokens, positions, mask, cache)
        for step in range(limit):
            best = self.chosen(logits)
            going = [row for row, token in enumerate(best.tolist()) if token not in self.tok.ends]
            if not going:
                break
            if len(going) < len(live):
                # Finished rows leave the batch: a few that ramble on would otherwise cost as much as all.
                best, pad, real = best[going], pad[going], real[going]
                cache = {i: (k[going], v[going]) for i, (k, v) in cache.items()}
                self.keep(going)
                live, going = [live[r] for r in going], range(len(going))
            for row in going:
                replies[live[row]].append(int(best[row]))
            real = torch.cat([real, torch.ones(len(live), 1, dtype=torch.bool, device=self.device)], 1)
            logits = self.run(best[:, None], (size - pad + step)[:, None], real[:, None, :], cache)
        return replies


def final(text: str) -> str:
    """What the graders compare: everything after the last `Answer: `."""
    return text.rsplit("Answer: ", 1)[-1].strip() if "Answer: " in text else ""
