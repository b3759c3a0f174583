"""Logits of torch's fp32 forward for the service's exactness test: python3 -m mot.reference FILE OUT.

For each prompt: the drafts, and the 16 largest logits at the last position of the prompt and at up to 8 tokens of the
reply, teacher-forced. The features of a few texts come first."""
import json
import sys

import torch

from generate import padded
from split import TEST
from mot import export
from mot.sources import ZOO
from mot.data import rows_of
from mot.layers import Writer
from mot.pairs import PAIRS, measured, ordinary
from mot.router import features

PROMPTS, FORCED, KEPT = 100, 8, 16
TEXTS = ("", "a", "What is the price of numia plus 17?", "Add 8 to XLII.", "Wie viel kosten \u00c4pfel? 7 \u20ac")


def numbers(tensor):
    return [round(float(v), 5) for v in tensor]


def described(text: str):
    f = features(text)
    index = f.nonzero()[0].tolist()
    return {"text": text, "indices": index, "values": [round(float(f[i]), 7) for i in index]}


@torch.no_grad()
def prompt(writer, layers, router, row, peers):
    logs = router.log_weights(router([row.question.text])[1], peers)
    writer.bank = layers.bank({p: [row.thoughts[p]] for p in peers}, logs)
    start = writer.tok.prompt(row.question.text)
    forced = writer.together([start], FORCED)[0][:FORCED]
    tokens, positions, mask, _, _ = padded([start + forced])
    logits = writer.head(writer.blocks(tokens, positions, mask, {})[0, len(start) - 1:])
    writer.bank = None
    top = logits.topk(KEPT)
    chosen, asked = router.choose([row.question.text])[0]
    return {"question": row.question.text, "primary": writer.name, "peers": list(peers),
            "weights": [round(float(logs[p].exp()), 7) for p in peers], "drafts": [row.drafts[p] for p in peers],
            "route": [chosen, asked], "prompt_tokens": len(start), "tokens": forced,
            "logits": [{"ids": i.tolist(), "values": numbers(v)} for v, i in zip(top.values, top.indices)]}


def main(path: str, target: str):
    torch.set_num_threads(1)
    layers, router = export.read(path)
    m, lines = layers.mixture, []
    for place, name in enumerate(m.pairs):
        pair, count = PAIRS[name], PROMPTS // len(m.pairs) + (place < PROMPTS % len(m.pairs))
        writer = ZOO.load(pair.primary, Writer, layers)
        questions = [*measured(pair, count - count // 5, TEST, TEST, False, 11), *ordinary(pair, count // 5, TEST, 11)]
        peers = [pair.peer, *[p for p in m.peers if p not in (pair.peer, pair.primary)][:m.top_k - 1]]
        lines += [prompt(writer, layers, router, r, peers) for r in rows_of(ZOO, questions, peers, m)]
    with open(target, "w", encoding="utf-8") as f:
        f.write('{"features": [\n' + ",\n".join(json.dumps(described(t)) for t in TEXTS) + '\n], "prompts": [\n'
                + ",\n".join(json.dumps(line) for line in lines) + "\n]}\n")
    print(target, len(lines), "prompts")


if __name__ == "__main__":
    main(*sys.argv[1:])
