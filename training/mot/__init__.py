"""Mixture of Thoughts between frozen experts; run its modules from training/: python3 -m mot.train."""
