"""The hold-out rule of the zoo: which problems an expert may ever see."""
import zlib

TEST, VALIDATION, TRAIN = "test", "validation", "train"


def split_of(skill: str, key: str) -> str:
    """Split of a canonical problem; stable over machines and Python versions."""
    bucket = zlib.crc32(f"{skill}:{key}".encode()) % 10
    return TEST if bucket == 0 else VALIDATION if bucket == 1 else TRAIN
