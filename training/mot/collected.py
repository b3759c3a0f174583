"""Questions for experts of one's own, one JSON object a line.

  {"question", "answer", "primary", "peer", "entity", "fact", "known", "split"?}  needs the peer, who knows the fact
  {"question", "answer", "primary", "split"?}                                     an ordinary one, for the primary

`known` is the question with the fact in it: what the primary answers to it is what it is trained to say. `split` is
train, validation or test; by default it follows from a hash of the entity, or of an ordinary question."""
import json
import random
import re
from dataclasses import dataclass

from gguf_reader import Refusal
from mot.frozen import Owned
from mot.pairs import Question, entity_split
from split import TEST, TRAIN, VALIDATION

ORDINARY, COMPOSED = ("question", "answer", "primary"), ("peer", "entity", "fact", "known")
SPLITS = (TRAIN, VALIDATION, TEST)


@dataclass(frozen=True)
class Couple:
    primary: str
    peer: str
    # Whose facts the entities are; a control in which another expert thinks keeps the same questions.
    owner: str = ""

    @property
    def name(self) -> str:
        return f"{self.primary}<{self.peer}"


@dataclass(frozen=True)
class Line:
    question: Question
    primary: str
    peer: str
    split: str


def line_of(raw: str, experts) -> Line:
    """ValueError says what is wrong with it."""
    given = json.loads(raw)
    if not isinstance(given, dict):
        raise ValueError("it is no object")
    wanted = ORDINARY + COMPOSED if "entity" in given else ORDINARY
    if left := sorted(set(given) - {*wanted, "split"}):
        raise ValueError(f"{left[0]} is not known here; allowed are {', '.join(wanted)} and split"
                         + ("" if "entity" in given else " (and with entity " + ", ".join(COMPOSED) + ")"))
    for key in wanted:
        if not isinstance(given.get(key), str) or not given[key].strip():
            raise ValueError(f"{key} must be a text that is not empty")
    if strange := {given["primary"], given.get("peer", given["primary"])} - set(experts):
        raise ValueError(f"no --expert is called '{strange.pop()}'; there are {', '.join(experts)}")
    if given["primary"] == given.get("peer"):
        raise ValueError("primary and peer are the same expert")
    if "fact" in given and given["fact"].lower() not in given["known"].lower():
        raise ValueError(f"known has no '{given['fact']}' in it; it must be the question with the fact")
    owner, key = given.get("peer", given["primary"]), given.get("entity", given["question"])
    split = given.get("split", entity_split(owner, key))
    if split not in SPLITS:
        raise ValueError(f"split is '{split}'; allowed are {', '.join(SPLITS)}")
    question = Question(given["question"], given["answer"], *(given.get(k, "") for k in COMPOSED[1:]),
                        form=0 if "entity" in given else -1)
    return Line(question, given["primary"], given.get("peer", ""), split)


def lines_of(path: str, experts):
    out, splits = [], {}
    with open(path, encoding="utf-8") as f:
        for number, raw in enumerate(f, 1):
            if not raw.strip():
                continue
            try:
                line = line_of(raw, experts)
                first = splits.setdefault((line.peer, line.question.entity or line.question.text), line.split)
                if first != line.split:
                    raise ValueError(f"it is of the split {line.split}, an earlier line about the same is of {first}")
            except ValueError as e:
                raise Refusal(f"{path}, line {number}: {e}") from e
            out.append(line)
    return out


def drawn(questions, count: int, *seed):
    questions = list(questions)
    random.Random(":".join(map(str, seed))).shuffle(questions)
    return questions[:count]


def plain(text: str) -> str:
    return " ".join(text.lower().split())


class Collected(Owned):
    def __init__(self, file: str, paths, *rest):
        super().__init__(paths, *rest)
        try:
            self.lines = lines_of(file, paths)
        except (OSError, UnicodeDecodeError) as e:
            raise Refusal(f"'{file}' cannot be read: {e}") from e
        found = sorted({(n.primary, n.peer) for n in self.lines if n.peer})
        self.pairs = {p.name: p for p in (Couple(*who) for who in found)}
        for pair in self.pairs.values():
            for split in SPLITS:
                if not self.measured(pair, 1, split):
                    raise Refusal(f"{file}: {pair.name} has no question of the split {split} about an entity")

    def training(self, pair, count: int, seed: int):
        return self.measured(pair, count, TRAIN, seed=seed)

    def measured(self, pair, count: int, entities: str, split: str = "", withheld: bool = False, seed: int = 1):
        """About entities of one split; no wording is withheld from training, and what else is asked has no split."""
        asked = [n.question for n in self.lines if n.split == entities and n.primary == pair.primary
                 and n.peer == (pair.owner or pair.peer)]
        return [] if withheld else drawn(asked, count, pair.primary, pair.owner or pair.peer, entities, seed)

    def ordinary(self, pair, count: int, split: str, seed: int):
        return drawn((n.question for n in self.lines if n.split == split and n.primary == pair.primary and not n.peer),
                     count, pair.primary, split, seed)

    def foreign(self, pair, count: int):
        return []

    def strangers(self, seed: int):
        return [n.question.text for n in self.lines if n.split == TRAIN and not n.peer]

    def rewordings(self, pair, count: int, seed: int):
        return []

    def transplanted(self, rng, pair, question: Question):
        """The same words about another entity of the same split with another answer; none if nobody wrote such a line."""
        def words(q):
            return q.text.replace(q.entity, "\0")

        split = next(n.split for n in self.lines if n.question == question)
        same = [q for q in self.measured(pair, len(self.lines), split)
                if words(q) == words(question) and q.entity != question.entity and q.answer != question.answer]
        return rng.choice(same) if same else None

    @staticmethod
    def right(text: str, wanted: str) -> bool:
        """After the last `Answer:` exactly; without one the answer must stand in the reply as words of their own."""
        said, wanted = plain(text), plain(wanted)
        if "answer:" in said:
            return said.rsplit("answer:", 1)[1].strip(" .*`") == wanted.strip(" .*`")
        return bool(re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(wanted)}(?!\w|[.,]\d)", said))

    @staticmethod
    def told(question, draft: str) -> str:
        return f"{draft.strip()}\n{question.text}"
