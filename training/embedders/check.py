"""What training must not break: python3 -m embedders.check [OUT DATA]; with OUT also whether its files are in llama.cpp
what they are here, on texts of DATA (needs the built llama.cpp, as mot.check)."""
import glob
import os
import random
import sys

import torch

from embedders import corpora, files, initial, latent, native, vocabulary
from embedders.configuration import BASE
from embedders.corpora import PILOTS, TRAIN, VALIDATION, Collection, Document
from embedders.encoder import Adapted, Encoder, Shape
from embedders.spans import Words
from embedders.vocabulary import CLS, SEP, UNKNOWN

TEXTS = ["", "Flow over heated wings.", "\u00dcn\u00efco\u0301de na\u00efve \u0141\u00f3d\u017a \u201cquotes\u201d",
         "x\u00b2 \u2013 \u00bd \ufb01 \u2167 \u4e2d\u6587 \u200b\u00ad \u01c5 \u0130 \u00df", "$5+3=8 ~^`|<>'s",
         "[CLS] [SEP] <unk>"]
SAMPLE, NEAR = 400, 0.999


def made_up(count: int) -> Collection:
    rng, words = random.Random(1), [a + b for a in "bdfgklmnprstvz" for b in ("ara", "elo", "imu", "oto", "usi")]
    topics = [rng.sample(words, 12) for _ in range(8)]
    texts = [" ".join(rng.choice(topics[i % 8]) for _ in range(40)) + "." for i in range(count)]
    return Collection("made-up", [Document(str(i), "", t) for i, t in enumerate(texts)])


def parts():
    """No document is of two parts."""
    collection = made_up(400)
    found = [set(collection.part(p)) for p in (TRAIN, VALIDATION, PILOTS)]
    assert all(found) and sum(map(len, found)) == len(set.union(*found)) == 400


def words():
    learnt = vocabulary.train(["flow flows flowing", "flow flows heated", "wing wings heated"] * 3, 200)
    assert learnt.encode("Flows") == learnt.encode("flow s")[:1] + [learnt.ids["s"]]
    assert learnt.encode("\u2603") == [UNKNOWN] and learnt.encode("FL\u00d3W") == learnt.encode("flow")
    document = Document("1", "Heated wings", "Flow over wings. The flow is heated by wings; it flows on and on.")
    cut = Words(document, learnt)
    assert cut.all() == learnt.encode(document.whole)
    for seed in range(50):
        span = cut.span(random.Random(seed))
        assert span is None or cut.tokens(span.words) == learnt.encode(span.text)


def encoder():
    """It starts as LSA; an adapter starts as the encoder, and its first gradient reaches every matrix but the one whose
    output the base ignores."""
    texts = [d.text for d in made_up(400).documents]
    learnt = vocabulary.train(texts, 300)
    tokens = [learnt.encode(t) for t in texts]
    shape = Shape(len(learnt), 64, 4, 32, 256)
    base = Encoder(shape, initial.weights(shape, [tokens[:100], tokens[100:]], 1))
    vectors = base.vectors(tokens)
    same = torch.tensor([[i % 8 == j % 8 for j in range(400)] for i in range(400)])
    near = vectors @ vectors.t()
    assert near[same].mean() > near[~same].mean() + 0.5
    adapted = Adapted(base, 4, 4.0, True, 1)
    assert adapted.vectors(tokens).allclose(vectors)
    for parameter in adapted.parameters():
        parameter.requires_grad_()
    adapted(tokens[:8]).square().sum(0)[0].backward()
    assert all(sum(t.grad.abs().sum() for t in pair) > 0 for name, pair in adapted.pairs.items() if "ffn_up" not in name)
    s, right = latent.svd(torch.diag(torch.arange(50, 0, -1.0)).to_sparse(), 5, 1)
    assert s.allclose(torch.arange(50.0, 45, -1), atol=0.5) and right.shape == (50, 5)


def in_llama_cpp(out: str, data: str):
    """Tokens are the same, vectors nearly so."""
    path = os.path.join(out, BASE + ".gguf")
    base, learnt = files.read_encoder(path)
    texts = [d.whole for c in corpora.collections(data) for d in c.documents]
    texts = TEXTS + random.Random(1).sample(texts, min(SAMPLE, len(texts)))
    for adapter in [None, *sorted(p for p in glob.glob(os.path.join(out, "*.gguf")) if p != path)]:
        embedder = native.Embedder(path, adapter, base.shape.context)
        mine = (files.read_adapter(adapter, base) if adapter else base).vectors([learnt.encode(t) for t in texts])
        worst = 1.0
        for text, vector in zip(texts, mine):
            tokens = embedder.tokens(text)
            assert tokens == [CLS, *learnt.encode(text), SEP], text
            if len(tokens) <= base.shape.context:
                worst = min(worst, float(vector.numpy() @ embedder.vector(text)))
        print(f"{adapter or path}: smallest cosine {worst:.6f}")
        assert worst > NEAR


if __name__ == "__main__":
    torch.set_num_threads(1)
    parts()
    words()
    encoder()
    if len(sys.argv) == 3:
        in_llama_cpp(*sys.argv[1:])
    print("ok")
