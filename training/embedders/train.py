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

from embedders import configuration, corpora, files, learning, pilots, vocabulary
from embedders.configuration import BASE, MULTITASK, expert_id
from embedders.encoder import Shape
from embedders.material import Material
from embedders.settings import Settings
from gguf_reader import Refusal

STEPS = ("all", "base", "experts", "multitask")


def arguments(given: List[str]):
    parser = argparse.ArgumentParser(prog="embedders.train", description=__doc__)
    parser.add_argument("step", choices=STEPS, help="all, or one part; each needs the ones before it")
    parser.add_argument("--data", required=True, help="folder of NAME/corpus.jsonl[.gz]")
    parser.add_argument("--out", required=True)
    parser.add_argument("--license", default="not stated", help="of the weights: what that of the documents allows")
    for field in dataclasses.fields(Settings):
        parser.add_argument("--" + field.name.replace("_", "-"), type=type(field.default), default=field.default)
    return parser.parse_args(given)


class Run:
    def __init__(self, given):
        self.given, self.out, self.began = given, given.out, time.time()
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
            shape = Shape(len(self.vocabulary), s.width, s.heads, 2 * s.width, s.context)
            made = learning.base(self.materials, shape, s)
            files.write_encoder(self.path(BASE), made, self.vocabulary,
                                "General text encoder over " + ", ".join(self.names), self.given.license, s.kind)
            self.encoder, _ = files.read_encoder(self.path(BASE))
        self.documents = [self.encoder.vectors(m.tokens) for m in self.materials]
        self.measure(BASE, self.encoder, self.materials)

    def adapter(self, name: str, which: List[int], steps: int, about: str):
        materials, documents = [self.materials[i] for i in which], [self.documents[i] for i in which]
        if not os.path.exists(self.path(name)):
            made = learning.adapter(self.encoder, materials, documents, steps, self.settings)
            files.write_adapter(self.path(name), made, name, about, self.given.license)
        self.measure(name, files.read_adapter(self.path(name), self.encoder), materials)

    def measure(self, name: str, queries, materials):
        for m in materials:
            known, topical = m.validation.measure(queries, self.encoder, self.documents[self.materials.index(m)])
            self.say(f"{name} on validation spans of {m.name}: known {known:.3f} topical {topical:.3f}")

    def experts(self):
        for i, name in enumerate(self.names):
            self.adapter(expert_id(name), [i], self.settings.steps, f"Queries about the documents of {name}")
            os.makedirs(os.path.join(self.out, name), exist_ok=True)
            pilots.write(pilots.path(self.out, name), self.materials[i], self.settings.seed)

    def multitask(self):
        """With an expert's steps, and with those of all experts together."""
        everything = list(range(len(self.names)))
        for name, steps in ((MULTITASK, 1), (MULTITASK + "-long", len(self.names))):
            self.adapter(name, everything, steps * self.settings.steps, "Queries about " + ", ".join(self.names))
        with open(os.path.join(self.out, "embedders.yaml"), "w", encoding="utf-8") as file:
            file.write(configuration.text(self.names))


def main(given: List[str]):
    torch.set_num_threads(1)
    given = arguments(given)
    run = Run(given)
    run.prepare()
    run.base()
    for step in STEPS[2:]:
        if given.step in ("all", step):
            getattr(run, step)()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as e:
        sys.exit(f"embedders.train: {e}")
