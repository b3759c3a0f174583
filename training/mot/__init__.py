"""Mixture of Thoughts between frozen experts; run its modules from training/: python3 -m mot.train."""
import os

# Before torch is imported: one process keeps to one core.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
