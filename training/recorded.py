"""Reads question files and what answers.py wrote about them."""
import json
import os
from collections import defaultdict

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "out")


def lines(path: str):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def file_of(name: str, questions: str) -> str:
    """Where an expert's answers to a file of questions are."""
    stem = os.path.splitext(os.path.basename(questions))[0]
    return os.path.join(OUT, "answers", f"{name}.{stem}.jsonl")


def table(questions: str, names):
    """{question id: {expert: (text, score)}}"""
    out = defaultdict(dict)
    for name in names:
        for line in lines(file_of(name, questions)):
            out[line["id"]][line["expert"]] = (line["text"], line["score"])
    return out
