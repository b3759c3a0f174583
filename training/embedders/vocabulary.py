"""WordPiece as the WPM tokenizer of llama.cpp has it: the words of a text, then the longest known pieces of each.

Words are chosen so that an inflected form shares its stem's token (`flows` is `flow` and `##s`): with a thousand
documents that is the cheapest way to let a query meet a document that says the same in another number or tense."""
import functools
import unicodedata
from collections import Counter
from typing import Dict, Iterable, List

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNKNOWN, CLS, SEP, MASK = range(5)
SPACE = "\u2581"
INFLECTIONS = ("s", "es", "d", "ed", "ing", "ly")
SHORTEST_STEM = 3
# Of the room for pieces and words: what words get at most. The rest spells the words that are too rare for a token.
WORDS_SHARE = 0.8
LONGEST_PIECE = 8
CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
           (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


def stands_alone(char: str, category: str) -> bool:
    code = ord(char)
    return (category[0] == "P" or (category[0] == "S" and code < 0x7F)
            or any(first <= code <= last for first, last in CHINESE))


@functools.lru_cache(None)
def reading(char: str):
    """(what a character is to a word: "space", "nothing", "alone" or "letter"; how it is written there). It is reduced
    to the first code point of its decomposition before its kind is looked up, as in preprocess of llama.cpp."""
    char = unicodedata.normalize("NFD", char)[0]
    category, lower = unicodedata.category(char), char.lower()
    lower = lower if len(lower) == 1 else char
    if char.isspace():
        return "space", ""
    if char in "\0\ufffd" or category in ("Cc", "Cf", "Co", "Cs") or category[0] == "M":
        return "nothing", ""
    return ("alone" if stands_alone(char, category) else "letter"), lower


def words(text: str) -> List[str]:
    """Lower-cased, without accents, split at white space and around punctuation."""
    out, word = [], []
    for role, written in map(reading, text):
        if role == "letter":
            word.append(written)
        elif role != "nothing":
            out += ["".join(word)] * bool(word) + [written] * (role == "alone")
            word = []
    return out + ["".join(word)] * bool(word)


class Vocabulary:
    """`tokens` as files of llama.cpp have them: a word's first piece begins with U+2581, later ones with nothing."""

    def __init__(self, tokens: List[str]):
        self.tokens, self.ids = tokens, {t: i for i, t in enumerate(tokens)}
        self.longest = max(map(len, tokens))
        self.known: Dict[str, List[int]] = {}

    def __len__(self):
        return len(self.tokens)

    def pieces(self, word: str) -> List[int]:
        if word not in self.known:
            self.known[word] = self.spelled(SPACE + word)
        return self.known[word]

    def spelled(self, word: str) -> List[int]:
        out, at = [], 0
        while at < len(word):
            for end in range(min(len(word), at + self.longest), at, -1):
                if word[at:end] in self.ids:
                    out.append(self.ids[word[at:end]])
                    at = end
                    break
            else:
                return [UNKNOWN]
        return out

    def encode(self, text: str) -> List[int]:
        """Ids of a text's own pieces, without [CLS] and [SEP]."""
        return [i for word in words(text) for i in self.pieces(word)]


def stem(word: str, counts: Counter) -> str:
    """The longest other word of which this is an inflected form; the word itself if there is none."""
    stems = (word[:-len(s)] for s in INFLECTIONS if word.endswith(s) and len(word) - len(s) >= SHORTEST_STEM)
    return max((s for s in stems if counts[s] > 1 and s.isalpha()), key=len, default=word)


def substrings(word: str):
    """Pieces that could spell a part of a word: beginnings, marked as such, and inner parts."""
    for at in range(len(word)):
        for end in range(at + 2, min(len(word), at + LONGEST_PIECE) + 1):
            yield (SPACE if at == 0 else "") + word[at:end]


def train(texts: Iterable[str], size: int) -> Vocabulary:
    counts = Counter(w for text in texts for w in words(text))
    chars = sorted({c for w, n in counts.items() if n > 1 for c in w})
    tokens = dict.fromkeys(SPECIALS + [SPACE + c for c in chars] + chars + [s for s in INFLECTIONS if len(s) > 1])
    stems = Counter()
    for word, count in counts.items():
        stems[stem(word, counts)] += count
    ranked = sorted((w for w, n in stems.items() if n > 1), key=lambda w: (-stems[w], w))
    room = max(0, size - len(tokens))
    chosen = ranked[:int(room * WORDS_SHARE)]
    tokens.update(dict.fromkeys(SPACE + w for w in chosen))
    rest = Counter()
    for word in set(stems) - set(chosen):
        for piece in substrings(word):
            rest[piece] += stems[word] * (len(piece.lstrip(SPACE)) - 1)
    for piece in sorted(rest, key=lambda p: (-rest[p], p)):
        if len(tokens) >= size:
            break
        tokens.setdefault(piece)
    return Vocabulary(list(tokens))
