"""What the types of tensors of a GGUF file hold, as fp32 values: those of ggml, to the bit."""
import numpy as np


def half(raw, at: int):
    """[n,1]: the fp16 number at that byte of each block."""
    return raw[:, at:at + 2].copy().view("<f2").astype(np.float32)


def nibbles(raw):
    """The low halves of all bytes, then the high ones."""
    return np.concatenate([raw & 15, raw >> 4], 1).astype(np.int8)


def fifth_bits(raw):
    """Bits 0 to 31 of four bytes, each as 16 or 0."""
    return np.unpackbits(raw, axis=1, bitorder="little").astype(np.int8) << 4


def six_bits(s):
    """(scales, minima) of the eight parts of a block, packed into 12 bytes."""
    low, high = s[:, 0:4], s[:, 4:8]
    last = s[:, 8:12]
    return (np.concatenate([low & 63, last & 15 | low >> 6 << 4], 1),
            np.concatenate([high & 63, last >> 4 | high >> 6 << 4], 1))


def parts(raw, q):
    """K-quants with minima: eight parts of 32 values."""
    scales, minima = six_bits(raw[:, 4:16])
    return ((half(raw, 0) * scales)[:, :, None] * q - (half(raw, 2) * minima)[:, :, None]).reshape(len(raw), 256)


def quarters(raw):
    """[n,8,32]: each 32 bytes hold a part in their low halves and the next one in their high ones."""
    q = raw.reshape(-1, 4, 1, 32)
    return np.concatenate([q & 15, q >> 4], 2).reshape(-1, 8, 32)


def q5_k(raw):
    high = np.stack([raw[:, 16:48] >> bit & 1 for bit in range(8)], 1)
    return parts(raw, quarters(raw[:, 48:176]) | high << 4)


def q6_k(raw):
    low, high = raw[:, :128].reshape(-1, 2, 64), raw[:, 128:192].reshape(-1, 2, 32)
    low = np.concatenate([low & 15, low >> 4], 2).reshape(-1, 2, 4, 32)
    high = np.stack([high >> bit & 3 for bit in (0, 2, 4, 6)], 2)
    scale = half(raw, 208) * raw[:, 192:208].view(np.int8)
    q = (low | high << 4).astype(np.int8) - np.int8(32)
    return (scale[:, :, None] * q.reshape(-1, 16, 16)).reshape(len(raw), 256)


# type: (number in the file, values a block, bytes a block, values of [n, bytes])
TYPES = {
    "F32": (0, 1, 4, lambda raw: raw.view("<f4").astype(np.float32)),
    "F16": (1, 1, 2, lambda raw: half(raw, 0)),
    "BF16": (30, 1, 2, lambda raw: (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)),
    # The four-bit types keep the first half of a block in the low nibbles and the second in the high ones.
    "Q4_0": (2, 32, 18, lambda raw: half(raw, 0) * (nibbles(raw[:, 2:]) - np.int8(8))),
    "Q4_1": (3, 32, 20, lambda raw: half(raw, 0) * nibbles(raw[:, 4:]) + half(raw, 2)),
    "Q5_0": (6, 32, 22, lambda raw: half(raw, 0) * ((nibbles(raw[:, 6:]) | fifth_bits(raw[:, 2:6])) - np.int8(16))),
    "Q5_1": (7, 32, 24, lambda raw: half(raw, 0) * (nibbles(raw[:, 8:]) | fifth_bits(raw[:, 4:8])) + half(raw, 2)),
    "Q8_0": (8, 32, 34, lambda raw: half(raw, 0) * raw[:, 2:].view(np.int8)),
    "Q4_K": (12, 256, 144, lambda raw: parts(raw, quarters(raw[:, 16:144]))),
    "Q5_K": (13, 256, 176, q5_k),
    "Q6_K": (14, 256, 210, q6_k),
}
NAMES = {number: name for name, (number, *_) in TYPES.items()}


def size(kind: str, count: int) -> int:
    """Bytes of `count` values."""
    return count // TYPES[kind][1] * TYPES[kind][2]


def decode(raw, at: int, count: int, kind: str) -> np.ndarray:
    blocks = np.frombuffer(raw, np.uint8, size(kind, count), at).reshape(-1, TYPES[kind][2])
    return TYPES[kind][3](blocks).reshape(-1)
