"""Who speaks and who is asked to think, from the text alone: hashed runs of bytes and of shapes of words, one hidden
layer, two heads.

Names as in Mixture of Thoughts (arXiv 2509.21164): entropy, load balance and routing consistency are terms of the joint
loss; the loss of the primary's words reaches the router through the weights of the peers that it attends to."""
import numpy as np
import torch

FEATURES, HIDDEN, NONE = 1024, 64, "none"
SALT, SHAPED = 16, 8


def fnv(data: bytes) -> int:
    h = 2166136261
    for b in data:
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h


def shape(word: bytes) -> bytes:
    """What a word looks like: N a number, C capitals only, I one capital, w a word, m letters and digits mixed with
    what else stands between, p marks alone. Bytes beyond ASCII are letters."""
    known = [c for c in word if c >= 128 or chr(c).isalnum()]
    if not known:
        return b"p"
    core = word[word.index(known[0]):len(word) - word[::-1].index(known[-1])]
    if all(48 <= c < 58 for c in core):
        return b"N"
    if not all(c >= 128 or chr(c).isalpha() for c in core):
        return b"m"
    return b"w" if not all(65 <= c < 91 for c in core) else b"C" if len(core) > 1 else b"I"


def features(text: str, size: int = FEATURES) -> np.ndarray:
    """Signed counts of hashed runs of 3 to 5 bytes, where only A to Z become lower case, and, SHAPED times as heavy, of
    1 to 3 shapes of words; of unit length. By its words alone a question with a numeral in it is one with a number."""
    raw, out = text.encode(), np.zeros(size, np.float32)
    shapes = b"^" + b"".join(map(shape, raw.split(b" "))) + b"$"
    for run, lengths, salt, weight in ((b" " + raw.lower() + b" ", (3, 4, 5), 0, 1), (shapes, (1, 2, 3), SALT, SHAPED)):
        for n in lengths:
            for at in range(len(run) - n + 1):
                h = fnv(bytes([salt + n]) + run[at:at + n])
                out[h % size] += -weight if h >> 31 else weight
    length = np.sqrt((out.astype(np.float64) ** 2).sum())
    return out if length == 0 else (out / length).astype(np.float32)


class Router(torch.nn.Module):
    def __init__(self, experts, seed: int = 1):
        super().__init__()
        g, self.experts = torch.Generator().manual_seed(seed), tuple(experts)
        m, self.known = len(self.experts), {}
        sizes = {"1": (HIDDEN, FEATURES), "primary": (m + 1, HIDDEN), "peer": (m, HIDDEN)}
        # A text's features have unit length, so the first layer needs larger weights than the others.
        self.tensors = torch.nn.ParameterDict({
            k: torch.nn.Parameter(torch.randn(s, generator=g) * (1.0 if k == "1" else HIDDEN ** -0.5))
            for k, s in sizes.items()})
        self.bias = torch.nn.ParameterDict({k: torch.nn.Parameter(torch.zeros(s[0])) for k, s in sizes.items()})

    def named(self):
        for k in ("1", "primary", "peer"):
            yield f"router.{k}.weight", self.tensors[k]
            yield f"router.{k}.bias", self.bias[k]

    def features(self, texts):
        for t in texts:
            if t not in self.known:
                self.known[t] = torch.from_numpy(features(t))
        return torch.stack([self.known[t] for t in texts]).to(self.bias["1"].device)

    def forward(self, texts, drop: float = 0.0):
        """(primary logits [B,M+1], peer logits [B,M])"""
        return self.heads(self.features(texts), drop)

    def heads(self, f, drop: float = 0.0):
        f = torch.nn.functional.dropout(f, drop)
        h = torch.relu(f @ self.tensors["1"].t() + self.bias["1"])
        return (h @ self.tensors["primary"].t() + self.bias["primary"],
                h @ self.tensors["peer"].t() + self.bias["peer"])

    def log_weights(self, peer_logits, chosen):
        """{peer: log weight [B]}: a softmax over the chosen peers only."""
        index = [self.experts.index(p) for p in chosen]
        logs = torch.log_softmax(peer_logits[:, index], -1)
        return {p: logs[:, i] for i, p in enumerate(chosen)}

    @torch.no_grad()
    def choose(self, texts):
        """(primary or none, best other expert as the peer) for each text."""
        primary, peer = self(texts)
        first = primary.argmax(-1).tolist()
        for row, p in enumerate(first):
            if p < len(self.experts):
                peer[row, p] = -np.inf
        return [(NONE if p == len(self.experts) else self.experts[p], self.experts[int(q)])
                for p, q in zip(first, peer.argmax(-1))]


def symmetric_kl(a, b, temperature: float = 2.0):
    a, b = (torch.log_softmax(t / temperature, -1) for t in (a, b))
    return ((a.exp() - b.exp()) * (a - b)).sum(-1).mean() / 2


def loss(router: Router, texts, routes, options, drop: float = 0.3):
    """`routes`: (primary, peer) or (none, none) for each text. Two passes with different dropout, whose agreement is
    the consistency term."""
    f, m = router.features(texts), len(router.experts)
    where = {e: i for i, e in enumerate((*router.experts, NONE))}
    (first, peers), (again, _) = router.heads(f, drop), router.heads(f, drop)
    wanted = torch.tensor([where[p] for p, _ in routes], device=f.device)
    total = torch.nn.functional.cross_entropy(first, wanted)
    asked = [i for i, (_, peer) in enumerate(routes) if peer != NONE]
    if asked:
        thinkers = torch.tensor([where[routes[i][1]] for i in asked], device=f.device)
        total = total + torch.nn.functional.cross_entropy(peers[asked], thinkers)
    share = torch.softmax(first, -1)
    # The entropy of each decision is kept up, the mean use of the experts even: both against collapse.
    entropy = -(share * share.clamp(min=1e-9).log()).sum(-1).mean()
    usage = share[:, :m].mean(0)
    balance = (usage.std(unbiased=False) / usage.mean().clamp(min=1e-9)) ** 2
    return (total - options.entropy * entropy + options.load_balance * balance
            + options.consistency * symmetric_kl(first, again))
