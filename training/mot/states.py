"""What a peer thinks about a question: its own greedy draft, and its hidden states over the prompt and that draft."""
import hashlib
import os

import torch

import gguf_reader
import tokenizer
from experts import MODELS
from generate import Decoder, final, padded

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, "..", "..", "models")
OUT = os.path.join(HERE, "..", "out", "mot")
DRAFT = 48


def path_of(name: str) -> str:
    return os.path.join(FILES, name + ".gguf")


def sha256(name: str) -> str:
    with open(path_of(name), "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def load(name: str, kind=Decoder, *rest):
    """The expert with the weights that llama.cpp multiplies with: those of its file, rounded as they are there."""
    expert = MODELS[name]
    file = gguf_reader.read(path_of(name))
    assert gguf_reader.shape_of(file) == expert.shape, name
    return kind(expert, tokenizer.load(expert.tokenizer), gguf_reader.weights(file), *rest)


class Reader(Decoder):
    """Keeps the rows of every depth of its last run."""

    def at(self, depth: int, x):
        if depth == 0:
            self.rows = []
        self.rows.append(x)
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
        tokens, positions, mask, pad, _ = padded([whole[i] for i in part])
        reader.blocks(tokens, positions, mask, {})
        for row, i in enumerate(part):
            rows = {d: reader.rows[d][row, pad[row]:].clone() for d in depths}
            out[i] = (reader.tok.decode(drafts[i]), rows)
    return out


def kept(name: str, what, make):
    """make(), kept in training/out: a frozen expert thinks and says the same every time. `what`: all that it depends on."""
    key = hashlib.sha256("\n".join([sha256(name), *map(str, what)]).encode()).hexdigest()
    path = os.path.join(OUT, "states", f"{name}.{key[:16]}.pt")
    if os.path.exists(path):
        return torch.load(path)
    made = make()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    torch.save(made, path + ".part")
    os.replace(path + ".part", path)
    return made


def cached(peer: str, questions, bound: int, depths):
    return kept(peer, [bound, sorted(depths), *questions],
                lambda: think(load(peer, Reader), questions, bound, depths))


def replies(model: Decoder, texts, limit: int = 100):
    return [model.tok.decode(r) for r in model.answer([model.tok.prompt(t) for t in texts], limit)]


def targets(model: Decoder, questions):
    """What the primary itself says once it is told the fact, where that is right: the interaction layers have to bring
    the fact, not to teach the primary another way of working. Else none, and the question is not trained on."""
    texts = [q.known or q.text for q in questions]
    said = kept(model.name, ["replies", *texts], lambda: replies(model, texts))
    return [s if final(s) == q.answer else None for s, q in zip(said, questions)]
