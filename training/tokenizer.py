"""gpt2-style byte-level BPE with merges over lower-case letters only (digits and capitals stay single tokens).

llama.cpp aborts on duplicate vocabulary tokens, so a merge that spells an existing token is never made."""
import json
import os
import re
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
SPECIALS = ["<|user|>", "<|assistant|>", "<|system|>", "<|end|>"]
# The gpt2 split, in the ASCII form that is enough for the text of the zoo.
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")


def byte_chars():
    printable = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {b: chr(b) for b in printable}, 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


BYTES = byte_chars()


def visible(text: str) -> str:
    return "".join(BYTES[b] for b in text.encode())


def learn(texts, merges: int):
    words = Counter(visible(w) for t in texts for w in WORD.findall(t))
    words = {tuple(w): n for w, n in words.items()}
    known, learned = set(BYTES.values()), []
    while len(learned) < merges:
        counts = Counter()
        for word, n in words.items():
            for pair in zip(word, word[1:]):
                if re.fullmatch("Ġ?[a-z]+", "".join(pair)):
                    counts[pair] += n
        pair = max((p for p in counts if "".join(p) not in known), key=lambda p: (counts[p], p))
        learned.append(pair)
        known.add("".join(pair))
        words = {tuple(merge(word, pair)): n for word, n in words.items()}
    return learned


def merge(word, pair):
    out, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.tokens = [BYTES[b] for b in range(256)] + ["".join(m) for m in self.merges] + SPECIALS
        assert len(set(self.tokens)) == len(self.tokens)
        self.ids = {t: i for i, t in enumerate(self.tokens)}
        self.rank = {m: i for i, m in enumerate(self.merges)}
        self.user, self.assistant, self.system, self.end = (self.ids[s] for s in SPECIALS)
        self.ends = {self.end}
        self.size = len(self.tokens)
        self.cache = {}
        self.bytes = {c: b for b, c in BYTES.items()}

    def encode(self, text: str):
        if not self.merges:
            return list(text.encode())
        return [i for w in WORD.findall(text) for i in self.word(w)]

    def word(self, text: str):
        if text not in self.cache:
            parts = list(visible(text))
            while len(parts) > 1:
                best = min(zip(parts, parts[1:]), key=lambda p: self.rank.get(p, 1 << 30))
                if best not in self.rank:
                    break
                parts = merge(parts, best)
            if len(self.cache) > 100_000:
                self.cache.clear()
            self.cache[text] = [self.ids[p] for p in parts]
        return self.cache[text]

    def decode(self, ids) -> str:
        raw = b"".join(bytes(self.bytes[c] for c in self.tokens[i]) for i in ids if i < self.size - len(SPECIALS))
        return raw.decode(errors="replace")

    def prompt(self, question: str, system: str = "", turns=()):
        """The chat form; contents are tokenized apart from the template, as the engine does."""
        line = self.encode("\n")
        out = []
        if system:
            out += [self.system] + line + self.encode(system) + [self.end] + line
        for asked, told in turns:
            out += [self.user] + line + self.encode(asked) + [self.end] + line
            out += [self.assistant] + line + self.encode(told) + [self.end] + line
        return out + [self.user] + line + self.encode(question) + [self.end] + line + [self.assistant] + line


def load(name: str) -> Tokenizer:
    """`byte`, or the committed merges of `bpe256` and the like (see make_tokenizers.py)."""
    if name == "byte":
        return Tokenizer([])
    with open(os.path.join(HERE, "tokenizers", name + ".json"), encoding="utf-8") as f:
        return Tokenizer(json.load(f))
