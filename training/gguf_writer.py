"""Writes GGUF files with tensors of F32, F16, Q8_0 or Q4_0, numpy only."""
import struct

import numpy as np

from tokenizer import SPECIALS

CHAT_TEMPLATE = ("{% for message in messages %}{{'<|' + message['role'] + '|>' + '\n' + message['content'] + "
                 "'<|end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}")
ALIGNMENT = 32
U32, F32, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
TYPES = {"F32": 0, "F16": 1, "Q4_0": 2, "Q8_0": 8}
FILE_TYPES = {"F32": 0, "F16": 1, "Q4_0": 2, "Q8_0": 7}


def string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def value(kind: int, v) -> bytes:
    if kind == STRING:
        return string(v)
    return struct.pack({U32: "<I", F32: "<f", BOOL: "<?", I32: "<i"}[kind], v)


def entry(key: str, kind: int, v) -> bytes:
    return string(key) + struct.pack("<I", kind) + value(kind, v)


def array(key: str, kind: int, values) -> bytes:
    return (string(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
            + b"".join(value(kind, v) for v in values))


def encode(data: np.ndarray, kind: str) -> bytes:
    if kind == "F32":
        return data.astype("<f4").tobytes()
    if kind == "F16":
        return data.astype("<f2").tobytes()
    blocks = data.astype(np.float32).reshape(-1, 32)
    if kind == "Q4_0":
        return four_bits(blocks)
    scale = np.abs(blocks).max(1) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    # ggml rounds halves away from zero, numpy to even.
    scaled = blocks * inverse[:, None]
    q = (np.sign(scaled) * np.floor(np.abs(scaled) + 0.5)).astype(np.int8)
    out = np.empty((len(blocks), 34), np.uint8)
    out[:, :2] = scale.astype("<f2").view(np.uint8).reshape(-1, 2)
    out[:, 2:] = q.view(np.uint8)
    return out.tobytes()


def four_bits(blocks: np.ndarray) -> bytes:
    """As ggml does it: the value of largest magnitude, with its sign, becomes -8, so one end of a block is exact."""
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(1)[:, None], 1)
    scale = largest / -8
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale != 0)
    q = np.minimum(15, (blocks * inverse + 8.5).astype(np.int8)).astype(np.uint8)
    return np.concatenate([scale.astype("<f2").view(np.uint8), q[:, :16] | q[:, 16:] << 4], 1).tobytes()


def tensors(shape, weights):
    """Splits the fused training matrices into the names that llama.cpp wants."""
    for name, w in weights.items():
        if name.endswith(".qkv"):
            parts = zip(("attn_q", "attn_k", "attn_v"), w.split(shape.parts))
        elif name.endswith(".gate_up"):
            parts = zip(("ffn_gate", "ffn_up"), w.split(shape.ff))
        else:
            yield name + ".weight", w.numpy()
            continue
        for part, data in parts:
            yield name.rsplit(".", 1)[0] + "." + part + ".weight", data.numpy()


def unusual(shape):
    """Keys that no file of the zoo needs."""
    if shape.head_size:
        yield entry("llama.attention.key_length", U32, shape.head_size)
        yield entry("llama.attention.value_length", U32, shape.head_size)
    if shape.rope_scale != 1:
        yield entry("llama.rope.scaling.type", STRING, "linear")
        yield entry("llama.rope.scaling.factor", F32, 1 / shape.rope_scale)


def metadata(expert, tok, kind: str, count: int):
    s = expert.shape
    control = {tok.ids[t] for t in SPECIALS}
    return [
        entry("general.architecture", STRING, "llama"), entry("general.name", STRING, expert.name),
        entry("general.description", STRING, expert.description), entry("general.license", STRING, "MIT"),
        entry("general.size_label", STRING, f"{count / 1e6:.2f}M"), entry("general.file_type", U32, FILE_TYPES[kind]),
        entry("general.quantization_version", U32, 2), entry("general.alignment", U32, ALIGNMENT),
        entry("llama.context_length", U32, expert.context), entry("llama.embedding_length", U32, s.width),
        entry("llama.block_count", U32, s.layers), entry("llama.feed_forward_length", U32, s.ff),
        entry("llama.attention.head_count", U32, s.heads), entry("llama.attention.head_count_kv", U32, s.kv_heads),
        entry("llama.attention.layer_norm_rms_epsilon", F32, s.eps), entry("llama.rope.freq_base", F32, s.rope_base),
        entry("llama.rope.dimension_count", U32, s.head), *unusual(s), entry("llama.vocab_size", U32, tok.size),
        entry("tokenizer.ggml.model", STRING, "gpt2"), entry("tokenizer.ggml.pre", STRING, "gpt-2"),
        array("tokenizer.ggml.tokens", STRING, tok.tokens),
        array("tokenizer.ggml.token_type", I32, [3 if i in control else 1 for i in range(tok.size)]),
        array("tokenizer.ggml.merges", STRING, [" ".join(m) for m in tok.merges]),
        entry("tokenizer.ggml.eos_token_id", U32, tok.end), entry("tokenizer.ggml.eot_token_id", U32, tok.end),
        entry("tokenizer.ggml.padding_token_id", U32, tok.end),
        entry("tokenizer.ggml.add_bos_token", BOOL, False), entry("tokenizer.ggml.add_eos_token", BOOL, False),
        entry("tokenizer.chat_template", STRING, CHAT_TEMPLATE),
    ]


def write(path: str, expert, tok, weights, kind: str):
    count = sum(w.numel() for w in weights.values())
    write_file(path, metadata(expert, tok, kind, count),
               [(n, d, "F32" if d.ndim == 1 else kind) for n, d in tensors(expert.shape, weights)])


def write_file(path: str, meta, typed_tensors):
    infos, blobs, offset = [], [], 0
    for name, data, kind in typed_tensors:
        blob = encode(data, kind)
        dims = data.shape[::-1]
        infos.append(string(name) + struct.pack("<I", len(dims)) + struct.pack(f"<{len(dims)}Q", *dims)
                     + struct.pack("<IQ", TYPES[kind], offset))
        blob += bytes(-len(blob) % ALIGNMENT)
        blobs.append(blob)
        offset += len(blob)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(meta)) + b"".join(meta) + b"".join(infos)
    with open(path, "wb") as f:
        f.write(head + bytes(-len(head) % ALIGNMENT) + b"".join(blobs))
