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
    # Adapters.
    rank: int = 8
    alpha: float = 8.0
    steps: int = 300
    batch: int = 64
    rate: float = 3e-3
    temperature: float = 0.05
    # Spans of each collection, and how sharply the teacher tells near documents from nearer ones.
    lessons: int = 6000
    sharpness: float = 1.0
