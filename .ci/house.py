"""Keeps the house habitable: no source file over 400 lines, no junk rooms, no registry host names in the repository."""
import os
import re
import subprocess
import sys

MAX_LINES = 400
JUNK = {"utils", "helpers", "common", "misc"}
HOSTS = re.compile(r"registry\.npmjs\.org|api\.nuget\.org|nuget\.org/v3|\"resolved\":\s*\"http", re.IGNORECASE)

problems = []
for path in subprocess.check_output(["git", "ls-files"], text=True).splitlines():
    if not os.path.isfile(path) or path == ".ci/house.py":
        continue
    if JUNK & {part.lower() for part in path.split("/")[:-1]}:
        problems.append(f"{path}: lies in a junk room")
    if path.endswith((".gguf", ".bin", ".gz", ".jsonl")):
        continue
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    if path.endswith((".cs", ".py")) and len(lines) > MAX_LINES:
        problems.append(f"{path}: {len(lines)} lines, at most {MAX_LINES} are allowed")
    problems += [f"{path}:{n}: names a package registry" for n, line in enumerate(lines, 1) if HOSTS.search(line)]

print("\n".join(problems) or "the house is in order")
sys.exit(1 if problems else 0)
