"""What can be set, with the values that were chosen on validation spans of the development collections."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    seed: int = 1
    # Encoder.
    vocabulary: int = 8000
    width: int = 384
    heads: int = 8
    ff: int = 384
    context: int = 1024
    kind: str = "F16"
    # Adapters. With `tokens` they move embeddings, too, which makes them larger by vocabulary x rank.
    rank: int = 16
    alpha: float = 16.0
    tokens: int = 1
    # All collections together, and from there each by itself.
    shared_steps: int = 300
    shared_rate: float = 2e-3
    steps: int = 150
    rate: float = 1e-3
    batch: int = 64
    temperature: float = 0.05
    # Spans of each collection, and how sharply the teacher tells near documents from nearer ones.
    lessons: int = 5000
    sharpness: float = 0.5
