"""Query-like spans out of documents: what is trained on, validated with and kept as pilots instead of queries."""
import random
import re
from dataclasses import dataclass
from typing import List, Optional

from embedders.corpora import Document
from embedders.vocabulary import Vocabulary, words

SENTENCE = re.compile(r"(?<=[.?!;])\s+")
# Of 100 spans: how many are a title (where there is one), words out of all the document, and neighbouring sentences.
TITLES, SCATTERED, LONG = 20, 20, 20
SHORTEST, LONGEST, MOST_SCATTERED = 4, 18, 12


@dataclass(frozen=True)
class Span:
    """Positions of a document's words that are taken as a query; `text` is how they read."""
    words: List[int]
    text: str


class Words:
    """A document cut at white space, which is also where its tokens part."""

    def __init__(self, document: Document, vocabulary: Vocabulary):
        self.title = len(document.title.split())
        sentences = [s.split() for s in [document.title, *SENTENCE.split(document.text)]]
        self.texts = [w for s in sentences for w in s]
        self.ids = [[i for w in words(t) for i in vocabulary.pieces(w)] for t in self.texts]
        self.starts, at = [], 0
        for s in sentences:
            if s:
                self.starts.append(at)
            at += len(s)

    def tokens(self, positions) -> List[int]:
        return [i for w in positions for i in self.ids[w]]

    def all(self) -> List[int]:
        return self.tokens(range(len(self.ids)))

    def without(self, span: Span) -> List[int]:
        """The rest of the document; all of it when the span is all of it."""
        taken = set(span.words)
        return self.tokens([w for w in range(len(self.ids)) if w not in taken]) or self.all()

    def span(self, rng: random.Random) -> Optional[Span]:
        count, kind = len(self.ids), rng.randrange(100)
        if count < 2 * SHORTEST:
            return None
        if kind < TITLES and SHORTEST <= self.title < count:
            return self.taken(range(self.title))
        if kind < TITLES + SCATTERED:
            return self.taken(sorted(rng.sample(range(count), min(count // 2, rng.randint(SHORTEST, MOST_SCATTERED)))))
        start = rng.randrange(len(self.starts))
        first = self.starts[start]
        if kind < TITLES + SCATTERED + LONG:
            end = self.starts[start + 2] if start + 2 < len(self.starts) else count
            return self.taken(range(first, min(end, first + 4 * LONGEST)))
        end = self.starts[start + 1] if start + 1 < len(self.starts) else count
        size = rng.randint(SHORTEST, LONGEST)
        begin = rng.randint(first, max(first, end - size))
        return self.taken(range(begin, min(end, begin + size)))

    def taken(self, words) -> Optional[Span]:
        words = list(words)
        return Span(words, " ".join(self.texts[w] for w in words)) if 2 <= len(words) < len(self.ids) else None
