"""python3 -m embedders.train all --data DIR --out DIR: a base encoder, one expert a collection and the multi-task
encoder. What --out has already is kept, so an interrupted run goes on where it was."""
import argparse
import dataclasses
import json
import os
import sys
import time
from typing import List

import torch

from gguf_reader import Refusal
from embedders import configuration, corpora, files, initial, learning, pilots, vocabulary
from embedders.configuration import BASE, MULTITASK, SHARED, expert_id
from embedders.encoder import Adapted, Encoder, Shape
from embedders.material import Material
from embedders.settings import Settings

STEPS = ("all", "base")


def arguments(given: List[str]):
    parser = argparse.ArgumentParser(prog="embedders.train", description=__doc__)
    parser.add_argument("step", choices=STEPS, help="all, or the base alone")
    parser.add_argument("--data", required=True, help="folder of NAME/corpus.jsonl[.gz]")
    parser.add_argument("--out", required=True)
    parser.add_argument("--license", default="not stated", help="of the weights: what that of the documents allows")
    for field in dataclasses.fields(Settings):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    return parser.parse_args(given)


class Run:
    def __init__(self, given):
        self.given, self.out, self.began = given, given.out, time.time()
        self.lessons = {}
        self.settings = Settings(**{f.name: getattr(given, f.name) for f in dataclasses.fields(Settings)})
        self.collections = corpora.collections(given.data)
        self.names = [c.name for c in self.collections]
        os.makedirs(self.out, exist_ok=True)
        self.same_settings()

    def same_settings(self):
        """Files of other settings must not be taken for those of these."""
        path, now = os.path.join(self.out, "settings.json"), dataclasses.asdict(self.settings)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                before = json.load(file)
            if before != now:
                changed = ", ".join(sorted(k for k in now if before.get(k) != now[k]))
                raise Refusal(f"'{self.out}' was made with other settings ({changed}): choose another --out")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(now, file, indent=1)

    def path(self, name: str) -> str:
        return os.path.join(self.out, name + ".gguf")

    def say(self, what: str):
        print(f"{time.time() - self.began:6.0f} s  {what}", flush=True)

    def prepare(self):
        """Texts as tokens of the vocabulary, which the encoder's file has if there is one."""
        if os.path.exists(self.path(BASE)):
            self.encoder, self.vocabulary = files.read_encoder(self.path(BASE))
        else:
            self.encoder = None
            self.vocabulary = vocabulary.train((d.whole for c in self.collections for d in c.documents),
                                               self.settings.vocabulary)
        self.materials = [Material(c, self.vocabulary, self.settings.seed) for c in self.collections]
        self.say(f"{sum(len(m.tokens) for m in self.materials)} documents of {', '.join(self.names)}, "
                 f"{len(self.vocabulary)} tokens")

    def base(self):
        s = self.settings
        if self.encoder is None:
            shape = Shape(len(self.vocabulary), s.width, s.heads, s.ff, s.context)
            made = Encoder(shape, initial.weights(shape, [m.tokens for m in self.materials], s.seed))
            files.write_encoder(self.path(BASE), made, self.vocabulary,
                                "General text encoder over " + ", ".join(self.names), self.given.license, s.kind)
            self.encoder, _ = files.read_encoder(self.path(BASE))
        self.documents = [self.encoder.vectors(m.tokens) for m in self.materials]
        self.measure(BASE, self.encoder, list(range(len(self.names))))

    def adapter(self, name: str, start, which: List[int], steps: int, rate: float, about: str):
        """Trains it unless --out has it; what comes after starts from the file, rounded as it is."""
        if not os.path.exists(self.path(name)):
            for i in set(which) - set(self.lessons):
                self.lessons[i] = learning.Lessons(self.materials[i], self.documents[i], self.settings)
            made = learning.taught(start, [self.lessons[i] for i in which], steps, rate, self.settings)
            files.write_adapter(self.path(name), made, name, about, self.given.license)
        made = files.read_adapter(self.path(name), self.encoder)
        self.measure(name, made, which)
        return made

    def measure(self, name: str, queries, which: List[int]):
        for i in which:
            known, topical = self.materials[i].validation.measure(queries, self.encoder, self.documents[i])
            self.say(f"{name} on validation spans of {self.names[i]}: known {known:.3f} topical {topical:.3f}")

    def adapters(self):
        """What all have in common first. From there each expert goes on with its own collection, and the multi-task
        encoders with all of them: for as many steps as one expert, and (`-long`) as all experts together."""
        s, everything, about = self.settings, list(range(len(self.names))), "Queries about " + ", ".join(self.names)
        start = Adapted(self.encoder, s.rank, s.alpha, bool(s.tokens), s.seed)
        shared = self.adapter(SHARED, start, everything, s.shared_steps, s.shared_rate, about)
        for i, name in enumerate(self.names):
            self.adapter(expert_id(name), shared, [i], s.steps, s.rate, f"Queries about the documents of {name}")
            os.makedirs(os.path.join(self.out, name), exist_ok=True)
            pilots.write(pilots.path(self.out, name), self.materials[i], s.seed)
        for name, steps in ((MULTITASK, s.steps), (MULTITASK + "-long", s.steps * len(everything))):
            self.adapter(name, shared, everything, steps, s.rate, about)
        with open(os.path.join(self.out, "embedders.yaml"), "w", encoding="utf-8") as file:
            file.write(configuration.text(self.names))


def main(given: List[str]):
    torch.set_num_threads(1)
    given = arguments(given)
    run = Run(given)
    run.prepare()
    run.base()
    if given.step == "all":
        run.adapters()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as e:
        sys.exit(f"embedders.train: {e}")
