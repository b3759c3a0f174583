"""What can be set, with the values that were chosen on validation spans of the development collections."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    seed: int = 1
    # Encoder.
    vocabulary: int = 8000
    width: int = 384
    heads: int = 8
    context: int = 1024
    kind: str = "F16"
    # Contrastive learning of the base: spans against documents of the same batch, all collections mixed.
    base_steps: int = 300
    base_batch: int = 128
    base_rate: float = 1e-3
    # How often a document still has the span that is asked for. Always would teach to look for the same words only.
    kept: float = 0.1
    temperature: float = 0.05
    # Adapters: spans against all documents of their collection, in the frozen space.
    rank: int = 16
    alpha: float = 16.0
    steps: int = 300
    batch: int = 64
    rate: float = 2e-3
    # Share of the loss that follows the teacher instead of the one document of the span.
    taught: float = 0.5
    sharpness: float = 2.0
