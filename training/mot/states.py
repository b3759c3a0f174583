"""What a peer thinks about a question: its own greedy draft, and its hidden states over the prompt and that draft."""
import hashlib
import os

import torch

from generate import Decoder, padded
from mot.frozen import REPLY, Frozen

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "out", "mot")
DRAFT = 48


class Reader(Decoder):
    """Keeps the rows of its last run at the depths that are wanted."""

    wanted = frozenset()

    def at(self, depth: int, x):
        if depth == 0:
            self.rows = {}
        if depth in self.wanted:
            self.rows[depth] = x
        return x


def decoded(draft, bound: int):
    """The draft without the token that was chosen last and never decoded."""
    return draft[:-1] if len(draft) == bound else draft


@torch.no_grad()
def think(reader: Reader, questions, bound: int, depths, batch: int = 64):
    """One (draft text, {depth: rows [T,W]}) for each question."""
    prompts = [reader.tok.prompt(q) for q in questions]
    drafts = reader.answer(prompts, bound)
    whole = [p + decoded(d, bound) for p, d in zip(prompts, drafts)]
    order, out = sorted(range(len(whole)), key=lambda i: len(whole[i])), [None] * len(whole)
    for at in range(0, len(order), batch):
        part = order[at:at + batch]
        tokens, positions, mask, pad, _ = padded([whole[i] for i in part], reader.device)
        reader.wanted = frozenset(depths)
        reader.blocks(tokens, positions, mask, {})
        reader.wanted = frozenset()
        for row, i in enumerate(part):
            rows = {d: reader.rows[d][row, pad[row]:].cpu().clone() for d in depths}
            out[i] = (reader.tok.decode(drafts[i]), rows)
    return out


def kept(source: Frozen, name: str, what, make):
    """make(), kept in training/out: a frozen expert thinks and says the same every time. `what`: all that it depends
    on."""
    told = [source.sha256(name), *map(str, [*what, *source.manner(name)])]
    key = hashlib.sha256("\n".join(told).encode()).hexdigest()
    path = os.path.join(OUT, "states", f"{name}.{key[:16]}.pt")
    if os.path.exists(path):
        return torch.load(path)
    made = make()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save(made, path + ".part")
    os.replace(path + ".part", path)
    return made


def cached(source: Frozen, peer: str, questions, bound: int, depths):
    return kept(source, peer, [bound, sorted(depths), *questions],
                lambda: think(source.load(peer, Reader), questions, bound, depths)) if questions else []


def replies(model: Decoder, texts, limit: int = REPLY):
    return [model.tok.decode(r) for r in model.answer([model.tok.prompt(t) for t in texts], limit)]


def targets(source: Frozen, model: Decoder, questions):
    """The tokens of what the primary itself says once it is told the fact, where that is right and has an end: the
    interaction layers have to bring the fact, not to teach the primary another way of working. Else none, and the
    question is not trained on."""
    texts = [q.known or q.text for q in questions]
    said = kept(source, model.name, ["tokens", source.reply, *texts],
                lambda: model.answer([model.tok.prompt(t) for t in texts], source.reply))
    return [[*s, model.tok.end] if len(s) < source.reply and source.right(model.tok.decode(s), q.answer) else None
            for s, q in zip(said, questions)]
