"""Whose experts, and which questions: those of the zoo, or others by their files."""
import os
import re
import sys

import torch

import tokenizer
from experts import MODELS
from gguf_reader import Refusal
from generate import final
from mot import data
from mot import pairs as zoo
from mot.collected import Collected
from mot.frozen import REPLY, Frozen

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "models")
ID = re.compile("[a-z0-9][a-z0-9._-]*")
TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


class Zoo(Frozen):
    pairs = zoo.PAIRS
    training, measured, ordinary, foreign, transplanted, strangers, rewordings = map(staticmethod, (
        zoo.training, zoo.measured, zoo.ordinary, zoo.foreign, zoo.transplanted, data.strangers,
        data.rewordings))

    def path(self, name: str) -> str:
        return os.path.join(FILES, name + ".gguf")

    def tokenizer(self, name: str):
        return tokenizer.load(MODELS[name].tokenizer)

    @staticmethod
    def right(text: str, wanted: str) -> bool:
        return final(text) == wanted

    @staticmethod
    def told(question, draft: str) -> str:
        """The known wording with what the peer said in place of the fact."""
        said = final(draft)
        return question.known.replace(question.fact, said, 1) if said else question.text


ZOO = Zoo()


def add_options(parser):
    parser.add_argument("--expert", action="append", default=[], metavar="NAME=FILE", help="an expert of your own, by the "
                        "id that the service knows it by; all of them, and --data with it")
    parser.add_argument("--data", default="", metavar="FILE", help="questions for them, JSON Lines")
    add_settings(parser)


def add_settings(parser):
    parser.add_argument("--template", action="append", default=[], metavar="NAME=TEMPLATE", help="chat template of "
                        "llama.cpp for an expert whose file has none that it knows (chat_template in the service)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--reply", type=int, default=REPLY, help="tokens of a reply at most")
    parser.add_argument("--dtype", choices=TYPES, default="float32", help="of the frozen matrices")


def of(options) -> Frozen:
    common = settings(options)
    if not options.expert and not options.data:
        return Zoo(*common)
    if not options.expert or not options.data:
        raise Refusal("experts of your own need --expert NAME=FILE for each, and --data FILE with their questions")
    return Collected(options.data, *named_files(options), *common)


def settings(options):
    dtype = TYPES[options.dtype]
    if options.device != "cpu" and not torch.cuda.is_available():
        raise Refusal(f"--device is {options.device}, and this torch finds no such device; cpu always works")
    if dtype == torch.float16 and options.device == "cpu":
        raise Refusal("--dtype float16 is not multiplied on a CPU: float32 or bfloat16, or --device cuda")
    return options.device, dtype, options.reply


def named_files(options):
    return named("--expert", options.expert), named("--template", options.template)


def chosen(source, names):
    if strange := [n for n in names if n not in source.pairs and names != ["all"]]:
        raise Refusal(f"there are no questions for the pair '{strange[0]}'; there are {', '.join(source.pairs)}, or all")
    return list(source.pairs.values()) if names == ["all"] else [source.pairs[n] for n in names]


def named(option: str, values):
    parts = dict(v.partition("=")[::2] for v in values)
    if len(parts) < len(values) or not all(ID.fullmatch(n) and v for n, v in parts.items()):
        raise Refusal(f"{option} is NAME=VALUE, each name once and of lower-case letters, digits, '.', '_' and '-', as the "
                      f"service has it; given are {', '.join(values)}")
    return parts


def run(command):
    """What a person gave wrong ends in a sentence, not in a trace."""
    try:
        command()
    except Refusal as e:
        sys.exit(str(e))
