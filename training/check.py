"""Fast self-check of generators, hold-out, tokenizers, members, files and adapters; ends in an error when something is
off."""
import os
import random
import re

import gguf_reader
import lora
import tokenizer
from experts import ADAPTERS, EXPERTS, KEPT, MEMBERS, MODELS, PEERS, SPECIALISTS
from generate import final
from gguf_writer import encode, tensors
from panels import HELD_OUT, SEEN, Candidate, critique, message
from phrases import PHRASE, PHRASES, REPLY
from sampling import Stream, example
from skills import KNOWN, SKILLS, SUBS, price
from skills.base import UNSEEN, WITHHELD
from split import TEST, TRAIN, VALIDATION, split_of
from tagging import TagStream, committed


def main():
    rng = random.Random(1)
    assert len(SKILLS) == 15 and all(len(s) >= 2 for s in SKILLS.values())
    for sub in SUBS.values():
        kinds = [t.phrasing for t in sub.templates]
        assert len(kinds) >= 9 and kinds.count(WITHHELD) == 2 and kinds.count(UNSEEN) == 1
        for split in (TRAIN, VALIDATION, TEST):
            for _ in range(50):
                question, problem, number = example(rng, sub, split)
                assert split_of(sub.skill, sub.key(problem, number)) == split
                assert "{" not in question and problem.reply.count("Answer: ") == 1
                numbers = {"add": lambda f: f["a"] + f["b"], "sub": lambda f: f["a"] - f["b"],
                           "mul": lambda f: f["a"] * f["b"]}
                if sub.skill in numbers:
                    assert problem.answer == str(numbers[sub.skill](problem.fields))
                if sub.full_name == "code.numbers":
                    assert problem.answer == str(eval(problem.fields["p"][len("print"):]))  # noqa: S307
                if sub.skill == "logic":
                    assert problem.answer == str(eval(xor_as_python(problem.fields["e"])))  # noqa: S307
    owners = [s for e in SPECIALISTS.values() for s in e.subs]
    assert set(owners) == set(SUBS)
    for e in SPECIALISTS.values():
        assert len({s.split(".")[0] for s in e.subs}) == len(e.subs), "halves of a skill need different owners"
    for name in {e.tokenizer for e in EXPERTS.values()}:
        tok = tokenizer.load(name)
        stream = Stream(rng, tok, SUBS)
        for _ in range(300):
            question, reply = stream.pick()
            assert tok.decode(tok.encode(question)) == question and tok.decode(tok.encode(reply)) == reply
    prices()
    tags(rng)
    panels()
    files()
    adapters()
    print("ok")


def prices():
    """A price for every thing, and a skill that is none of those that everybody knows."""
    assert len(set(price.ITEMS)) == price.COUNT
    assert "price.item" in KNOWN and "price.item" not in SUBS and set(price.PRICES.values()) <= set(range(10, 100))


def tags(rng):
    """Every sub-skill has a phrase of its own, and what the tagger learns to say fits the form and its token limit."""
    canonical = [p.canonical for p in PHRASES.values()]
    assert set(PHRASES) == set(SUBS) and len(set(canonical)) == len(SUBS)
    for sub, table in PHRASES.items():
        assert all(PHRASE.fullmatch(p) for p in (*table.specific, *table.facets)), sub
        assert not any(p in other.facets or p in other.specific for p in table.specific
                       for name, other in PHRASES.items() if name != sub), sub
    tok = tokenizer.load(MEMBERS["tagger"].tokenizer)
    stream, measured = TagStream(rng, tok, SUBS), {question for question, _, _ in committed()}
    for _ in range(300):
        question, reply = stream.pick()
        assert question not in measured and REPLY.fullmatch(reply) and len(tok.encode(reply)) < 64, reply


def panels():
    """Strangers are strangers, and a panel keeps one line a candidate."""
    assert not set(HELD_OUT) & set(SEEN) and set(HELD_OUT) | set(SEEN) == {*KEPT, *ADAPTERS}
    panel = [Candidate("a", "2+2+0=04\nAnswer: 4", True), Candidate("b", "", False)]
    assert message("What is\n2 + 2?", panel) == "What is 2 + 2?\n1: 2+2+0=04 Answer: 4\n2: "
    assert critique("add", "4") == "add. Answer: 4" and final(critique("add", "4")) == "4"


def files():
    """A committed file reads back to the shape it was trained with, and writing what was read gives its bytes."""
    for name in [*KEPT, *MEMBERS, *PEERS]:
        expert, path = MODELS[name], os.path.join(lora.MODELS, name + ".gguf")
        file = gguf_reader.read(path)
        assert gguf_reader.shape_of(file) == expert.shape and file["general.name"] == name
        assert file["llama.context_length"] == expert.context
        with open(path, "rb") as f:
            raw = f.read()
        assert all(encode(data, file.kinds[n]) in raw for n, data in tensors(expert.shape, gguf_reader.weights(file)))


def adapters():
    """With B at zero the base is left as it is; with any other B every linear layer of the blocks changes."""
    for adapter in ADAPTERS.values():
        file = lora.base_file(adapter)
        base, pairs = gguf_reader.weights(file), lora.Pairs(file, adapter.rank, adapter.seed)
        for zero in (True, False):
            for name, w in lora.merged(base, pairs.views, adapter.alpha / adapter.rank).items():
                adapted = name.rsplit(".", 1)[-1] in lora.FUSED
                assert w.equal(base[name]) == (zero or not adapted), name
            pairs.flat.add_(0.01)


def xor_as_python(text: str) -> str:
    """Operands get brackets, because != binds tighter than `not` and chains in Python."""
    literal = re.sub(r"(not )?(True|False)", lambda m: f"({m[0]})", text)
    bracket = re.sub(r"(not )?(\((?:\((?:not )?(?:True|False)\)) \w+ (?:\((?:not )?(?:True|False)\))\))",
                     lambda m: f"({m[0]})", literal)
    return bracket.replace(" xor ", " != ")


if __name__ == "__main__":
    main()
