"""Vectors and tokens as llama.cpp has them, for comparison: the same libraries that the service loads."""
import ctypes as c
from typing import List, Optional

import numpy as np

from gguf_reader import Refusal
from mot import native
from mot.native import I, P

FUNCTIONS = {
    "adapter_lora_init": (P, [P, c.c_char_p]), "set_adapters_lora": (I, [P, c.POINTER(P), c.c_size_t, c.POINTER(c.c_float)]),
    "set_embeddings": (None, [P, c.c_bool]), "encode": (I, [P, native.Batch]), "model_n_embd": (I, [P]),
    "get_embeddings_seq": (c.POINTER(c.c_float), [P, I]), "tokenize": (I, [P, c.c_char_p, I, c.POINTER(I), I, c.c_bool, c.c_bool]),
}


class Embedder:
    """One model, with an adapter or without."""

    def __init__(self, path: str, adapter: Optional[str] = None, context: int = 1024):
        self.model, self.library = native.Model(path, vocabulary_only=False), native.library()
        self.call = {}
        for name, (result, takes) in FUNCTIONS.items():
            prototype = c.CFUNCTYPE(result, *takes)
            self.call[name] = prototype(("llama_" + name, self.library.llama))
        params = self.library.context_default_params()
        params.context = params.batch = params.micro_batch = params.outputs = context
        params.threads = params.batch_threads = 1
        self.context = self.library.init_from_model(self.model.address, params)
        if not self.context:
            raise Refusal(f"llama.cpp makes no context of '{path}': {native.reason()}")
        self.call["set_embeddings"](self.context, True)
        if adapter:
            loaded = self.call["adapter_lora_init"](self.model.address, adapter.encode())
            if not loaded or self.call["set_adapters_lora"](self.context, (P * 1)(loaded), 1, (c.c_float * 1)(1)):
                raise Refusal(f"llama.cpp does not load '{adapter}': {native.reason()}")
        self.width = self.call["model_n_embd"](self.model.address)

    def __del__(self):
        if getattr(self, "context", None):
            self.library.free(self.context)

    def tokens(self, text: str) -> List[int]:
        """With [CLS] and [SEP]."""
        raw = text.encode()
        room = (I * (len(raw) + 8))()
        count = self.call["tokenize"](self.model.vocabulary, raw, len(raw), room, len(room), True, False)
        return list(room[:count])

    def vector(self, text: str) -> np.ndarray:
        tokens = self.tokens(text)
        batch = native.Batch(len(tokens), (I * len(tokens))(*tokens), (P * 4)(), (c.c_byte * len(tokens))(*[1] * len(tokens)))
        if self.call["encode"](self.context, batch):
            raise Refusal(f"llama.cpp does not encode: {native.reason()}")
        found = np.ctypeslib.as_array(self.call["get_embeddings_seq"](self.context, 0), (self.width,)).copy()
        return found / np.linalg.norm(found)
