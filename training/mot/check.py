"""What training must not break: python3 -m mot.check."""
import os
import random
import tempfile

import torch

from split import TEST, TRAIN, VALIDATION, split_of
from mot import check_own, export, states
from mot.layers import Layers, Writer
from mot.pairs import PAIRS, compose, entity_split, fitting, measured, training, transplanted
from mot.router import Router, features, shape
from mot.sources import ZOO
from mot.states import Reader
from mot.train import arguments, mixture


def questions():
    """Held-out entities and the problems of the test split stay out of training, in every pair."""
    for pair in PAIRS.values():
        sets = {s: set(pair.entities(s)) for s in (TEST, VALIDATION, TRAIN)}
        assert sum(map(len, sets.values())) == len(pair.facts) >= 999 and len(sets[TEST]) >= 0.18 * len(pair.facts)
        asked = training(pair, 300, 1)
        assert {q.entity for q in asked} <= sets[TRAIN] and not any(pair.forms[q.form].withheld for q in asked)
        held = measured(pair, 300, TEST, TEST, False, 1)
        assert {q.entity for q in held} <= sets[TEST] and not {q.text for q in asked} & {q.text for q in held}
        assert sum(f.withheld for f in pair.forms) >= 1 and len(pair.forms) >= 6
        other = transplanted(random.Random(1), pair, held[0])
        assert other.entity != held[0].entity and other.answer != held[0].answer
        assert pair.split(other.entity) == TEST == entity_split(pair.peer, other.entity)


def layers():
    """With the output at zero the mixture is the plain primary, to the bit; what is written reads back; alone and in
    a batch the states agree."""
    pair = PAIRS["abacus<scholar"]
    m = mixture([pair], arguments([pair.name]))
    made, router = Layers(m), Router(m.experts)
    texts = [q.text for q in measured(pair, 6, TEST, TEST, False, 1)]
    reader = ZOO.load(pair.peer, Reader)
    together = states.think(reader, texts, m.draft, {3})
    alone = states.think(reader, texts[:1], m.draft, {3})
    assert torch.allclose(alone[0][1][3], together[0][1][3], atol=1e-3) and alone[0][0] == together[0][0]
    writer = ZOO.load(pair.primary, Writer, made)
    thoughts = {pair.peer: [s for _, s in together]}
    assert writer.solve(texts, thoughts) == states.replies(writer, texts)
    x = torch.randn(len(texts), 5, m.widths[pair.primary])
    assert made.cross(pair.primary, 0, x, made.bank(thoughts)).equal(x)
    with torch.no_grad():
        made.get("primary.0.0.out").normal_()
    assert not made.cross(pair.primary, 0, x, made.bank(thoughts)).equal(x)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m.gguf")
        export.write(path, made, router)
        again, _ = export.read(path)
    assert again.mixture == m and all(a.equal(b) for (_, a), (_, b) in zip(made.named(), again.named()))


def gradient():
    """With two peers the loss of the words reaches the router; with one the weight is one, whatever the router says."""
    pairs = [PAIRS["abacus<scholar"], PAIRS["abacus<merchant"]]
    m = mixture(pairs, arguments([p.name for p in pairs]))
    made, router = Layers(m), Router(m.experts)
    with torch.no_grad():
        made.get("primary.0.0.out").normal_()
    thoughts = {p: [{m.blocks[p]: torch.randn(4, m.widths[p])}] for p in m.peers}
    for chosen in (m.peers, m.peers[:1]):
        router.zero_grad()
        logs = router.log_weights(router(["Add 3 to XLII."])[1], chosen)
        bank = made.bank({p: thoughts[p] for p in chosen}, logs)
        made.cross("abacus", 0, torch.randn(1, 5, m.widths["abacus"]), bank).sum().backward()
        assert bool(router.tensors["peer"].grad.abs().sum() > 1e-6) == (len(chosen) > 1)


def texts():
    assert features("Abc").tolist() == features("abc").tolist() != features("ABC").tolist()
    assert b"".join(map(shape, "Add 24 to XLII. A (x2) -- cafe\u0301".encode().split(b" "))) == b"wNwCImpw"
    assert abs(float((features("price of numia") ** 2).sum()) - 1) < 1e-6
    pair = PAIRS["abacus<scholar"]
    fits = fitting(pair, "XLII", False)
    problems = {compose(random.Random(s), pair, "XLII", fits[0], TEST).known for s in range(20)}
    assert all(split_of("add", ",".join(map(str, sorted(map(int, p[8:-1].split(" + ")))))) == TEST for p in problems)


if __name__ == "__main__":
    torch.set_num_threads(1)
    questions()
    layers()
    gradient()
    texts()
    check_own.check()
    print("ok")
