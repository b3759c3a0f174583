"""python3 -m embedders.manuals FOLDER... --out DATA/NAME: sections of an HTML manual as a collection in BEIR layout.

A heading opens a section and becomes its query, if no other section has it; the section's text comes without it. So
the documents can be trained on like any others, while the headings, which their author wrote to be found by, judge."""
import argparse
import glob
import gzip
import html.parser
import json
import os
import random
import re
from typing import List, Tuple

HEADINGS = ("h1", "h2", "h3", "h4")
SKIPPED = ("script", "style", "table", "pre", "head", "nav")
# Parts of every page, by their class or id.
FRAME = re.compile(r"footer|navheader|\btoc\b|\bcontents\b", re.I)
NUMBER = re.compile(r"^([0-9]+|[A-Z])(\.[0-9]+)*\.?\s+")
# Pages that are not about the manual's subject.
LEGAL = re.compile(r"fdl|copying|licen[sc]e|legal", re.I)
WORDS = range(30, 400)
QUERY_WORDS = range(2, 12)


class Sections(html.parser.HTMLParser):
    """`found`: (heading, text) of a page."""

    def __init__(self):
        super().__init__()
        self.found, self.skipped, self.heading, self.frame = [["", ""]], 0, None, None

    def handle_starttag(self, tag, attrs):
        if self.frame:
            self.frame[1] += tag == self.frame[0]
        elif tag in ("div", "ul") and any(FRAME.search(v or "") for k, v in attrs if k in ("class", "id")):
            self.frame = [tag, 1]
        self.skipped += tag in SKIPPED
        if tag in HEADINGS:
            self.found.append(["", ""])
            self.heading = tag

    def handle_endtag(self, tag):
        self.skipped = max(0, self.skipped - (tag in SKIPPED))
        if tag == self.heading:
            self.heading = None
        if self.frame and tag == self.frame[0]:
            self.frame[1] -= 1
            self.frame = self.frame if self.frame[1] else None

    def handle_data(self, data):
        if not self.skipped and not self.frame:
            self.found[-1][self.heading is None] += data


def sections(folders: List[str]) -> List[Tuple[str, str]]:
    """Each text once, headings without their numbers."""
    out = {}
    for path in sorted(p for f in folders for p in glob.glob(os.path.join(f, "**", "*.html"), recursive=True)):
        if LEGAL.search(os.path.basename(path)):
            continue
        with open(path, encoding="utf-8", errors="replace") as file:
            page = Sections()
            page.feed(file.read())
        for heading, text in page.found:
            heading, text = NUMBER.sub("", " ".join(heading.split())).strip("¶ "), " ".join(text.split())
            if len(text.split()) >= WORDS.start:
                out.setdefault(" ".join(text.split()[:WORDS.stop]), heading)
    return [(heading, text) for text, heading in out.items()]


def write(folder: str, found: List[Tuple[str, str]], most: int, seed: int):
    """A sample of at most `most` sections, and as queries the headings that only one of them has."""
    name = os.path.basename(os.path.normpath(folder))
    chosen = random.Random(seed).sample(found, min(most, len(found)))
    headings = [heading.lower() for heading, _ in chosen]
    asked = [i for i, h in enumerate(headings) if len(h.split()) in QUERY_WORDS and headings.count(h) == 1]
    os.makedirs(folder, exist_ok=True)

    def save(file: str, rows):
        with gzip.GzipFile(os.path.join(folder, file), "wb", mtime=0) as out:
            out.write("".join(row + "\n" for row in rows).encode())

    save("corpus.jsonl.gz", (json.dumps({"_id": f"{name}-{i}", "title": "", "text": text}, ensure_ascii=False)
                             for i, (_, text) in enumerate(chosen)))
    save("queries.jsonl.gz", (json.dumps({"_id": f"q{i}", "text": chosen[i][0]}, ensure_ascii=False) for i in asked))
    save("qrels.tsv.gz", ["query-id\tcorpus-id\tscore", *(f"q{i}\t{name}-{i}\t1" for i in asked)])
    print(f"{folder}: {len(chosen)} sections, {len(asked)} queries")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="embedders.manuals", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--out", required=True)
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.out, sections(given.folders), given.most, given.seed)
