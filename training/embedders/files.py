"""GGUF files of the encoder and of its adapters, as llama.cpp and the service load them, and back."""
from typing import Dict, Tuple

import numpy as np
import torch

import gguf_reader
from gguf_reader import Refusal
from gguf_writer import ALIGNMENT, BOOL, F32, FILE_TYPES, I32, STRING, U32, array, entry, write_file
from embedders.encoder import EPS, Adapted, Encoder, Shape
from embedders.vocabulary import CLS, MASK, PAD, SEP, SPECIALS, UNKNOWN, Vocabulary

EMBEDDINGS = "token_embd.weight"
CLS_POOLING = 2
NORMAL, UNKNOWN_TOKEN, CONTROL = 1, 2, 3


def token_type(token: int) -> int:
    return UNKNOWN_TOKEN if token == UNKNOWN else CONTROL if token < len(SPECIALS) else NORMAL


def metadata(shape: Shape, vocabulary: Vocabulary, description: str, license: str, kind: str):
    return [
        entry("general.architecture", STRING, "bert"), entry("general.name", STRING, "encoder"),
        entry("general.description", STRING, description), entry("general.license", STRING, license),
        entry("general.file_type", U32, FILE_TYPES[kind]), entry("general.quantization_version", U32, 2),
        entry("general.alignment", U32, ALIGNMENT),
        entry("bert.context_length", U32, shape.context), entry("bert.embedding_length", U32, shape.width),
        entry("bert.block_count", U32, 1), entry("bert.feed_forward_length", U32, shape.ff),
        entry("bert.attention.head_count", U32, shape.heads), entry("bert.attention.causal", BOOL, False),
        entry("bert.attention.layer_norm_epsilon", F32, EPS), entry("bert.pooling_type", U32, CLS_POOLING),
        entry("tokenizer.ggml.model", STRING, "bert"), entry("tokenizer.ggml.token_type_count", U32, 1),
        array("tokenizer.ggml.tokens", STRING, vocabulary.tokens),
        array("tokenizer.ggml.token_type", I32, [token_type(i) for i in range(len(vocabulary))]),
        *(entry(f"tokenizer.ggml.{name}_token_id", U32, token) for name, token in (
            ("bos", CLS), ("cls", CLS), ("seperator", SEP), ("unknown", UNKNOWN), ("padding", PAD), ("mask", MASK))),
    ]


def write_encoder(path: str, encoder: Encoder, vocabulary: Vocabulary, description: str, license: str, kind: str):
    """`kind`: the type of the matrices. Positions and token types are zero, which four bits can hold."""
    shape, tensors = encoder.shape, []
    for name, tensor in encoder.weights.items():
        tensors.append((name, tensor.numpy(), kind if tensor.dim() == 2 else "F32"))
    tensors.append(("position_embd.weight", np.zeros((shape.context, shape.width), np.float32), "Q4_0"))
    tensors.append(("token_types.weight", np.zeros((1, shape.width), np.float32), "F32"))
    write_file(path, metadata(shape, vocabulary, description, license, kind), tensors)


def read_encoder(path: str) -> Tuple[Encoder, Vocabulary]:
    """With the weights as the file rounds them, which is what an adapter is put on."""
    file = gguf_reader.read(path)
    if file["general.architecture"] != "bert" or file.own("block_count") != 1:
        raise Refusal(f"'{path}' is not an encoder of this recipe: it must be of architecture bert with one block")
    shape = Shape(len(file["tokenizer.ggml.tokens"][1]), file.own("embedding_length"), file.own("attention.head_count"),
                  file.own("feed_forward_length"), file.own("context_length"))
    weights = {name: torch.from_numpy(np.array(file.tensors[name], np.float32)) for name in shape.tensors()}
    return Encoder(shape, weights), Vocabulary(file["tokenizer.ggml.tokens"][1])


def write_adapter(path: str, adapted: Adapted, name: str, description: str, license: str):
    meta = [entry("general.architecture", STRING, "bert"), entry("general.type", STRING, "adapter"),
            entry("general.name", STRING, name), entry("general.description", STRING, description),
            entry("general.license", STRING, license), entry("general.base_model.count", U32, 1),
            entry("general.base_model.0.name", STRING, "encoder"), entry("general.file_type", U32, FILE_TYPES["F16"]),
            entry("general.alignment", U32, ALIGNMENT), entry("adapter.type", STRING, "lora"),
            entry("adapter.lora.alpha", F32, adapted.alpha)]
    tensors = []
    for matrix, (a, b) in adapted.pairs.items():
        # Rows of embeddings are looked up, so there A has a row a token.
        a = a.t().contiguous() if matrix == EMBEDDINGS else a
        tensors += [(matrix + ".lora_a", a.detach().numpy(), "F16"), (matrix + ".lora_b", b.detach().numpy(), "F16")]
    write_file(path, meta, tensors)


def read_adapter(path: str, base: Encoder) -> Adapted:
    file = gguf_reader.read(path)
    tensors: Dict[str, torch.Tensor] = {n: torch.from_numpy(np.array(t, np.float32)) for n, t in file.tensors.items()}
    rank = next(t.shape[1] for n, t in tensors.items() if n.endswith(".lora_b"))
    adapted = Adapted(base, rank, file["adapter.lora.alpha"], seed=0)
    for matrix in adapted.pairs:
        a, b = tensors[matrix + ".lora_a"], tensors[matrix + ".lora_b"]
        adapted.pairs[matrix] = (a.t().contiguous() if matrix == EMBEDDINGS else a, b)
    return adapted
