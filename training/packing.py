"""Packs whole examples into rows of 128 tokens, or of 256 for those that do not fit (long chats)."""
import torch

TOKENS, SHORT, LONG = 2048, 128, 256


class Packer:
    def __init__(self, stream, rows=(SHORT, LONG), tokens=TOKENS, choice=60):
        self.stream, self.tokens, self.choice = stream, tokens, choice
        self.row, self.long_row = rows
        self.short, self.long = [], []

    def batch(self):
        """(tokens, positions, attention bias, rows, wanted positions, targets)"""
        while True:
            if sum(len(e[0]) for e in self.long) > self.tokens * 9 // 10:
                return self.fill(self.long, self.long_row)
            if len(self.short) >= self.choice:
                return self.fill(self.short, self.row)
            example = self.stream.next()
            # Rows are one token shorter than examples: the last token is only a target.
            size = len(example[0]) - 1
            if size <= self.row:
                self.short.append(example)
            elif size <= self.long_row:
                self.long.append(example)

    def fill(self, pool, length: int):
        rows = self.tokens // length
        tokens = torch.zeros(rows, length, dtype=torch.long)
        positions = torch.zeros(rows, length, dtype=torch.long)
        owner = torch.full((rows, length), -1, dtype=torch.long)
        wanted, targets, rest, space = [], [], [], [0] * rows
        for index, (ids, prompt) in enumerate(pool):
            size = len(ids) - 1
            row = next((r for r in range(rows) if space[r] + size <= length), None)
            if row is None:
                rest.append((ids, prompt))
                continue
            at = space[row]
            tokens[row, at:at + size] = torch.tensor(ids[:-1])
            positions[row, at:at + size] = torch.arange(size)
            owner[row, at:at + size] = index
            base = row * length + at
            wanted.extend(range(base + prompt - 1, base + size))
            targets.extend(ids[prompt:])
            space[row] += size
        pool[:] = rest
        same = owner[:, :, None] == owner[:, None, :]
        keep = same & torch.ones(length, length).tril().bool()
        bias = torch.zeros(rows, 1, length, length).masked_fill_(~keep[:, None], -1e9)
        return (tokens.flatten(), positions.flatten(), bias, rows, torch.tensor(wanted), torch.tensor(targets))
