"""llama.cpp through ctypes: the libraries, of the same version, that the service loads. What they count as a token is
one here too, and what they compute is what the forward of torch is compared with."""
import ctypes as c
import functools
import glob
import os

import numpy as np

from gguf_reader import Refusal

VERSION, FOLDER = "0.5.0", "ORCHESTRATOR_LLAMA_DIR"
NATIVES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "artifacts", "natives")
WARNING = 3


class ModelParams(c.Structure):
    _fields_ = [("before", c.c_byte * 16), ("gpu_layers", c.c_int), ("middle", c.c_byte * 52),
                ("vocabulary_only", c.c_bool), ("after", c.c_byte * 7)]


class ContextParams(c.Structure):
    _fields_ = [("context", c.c_uint), ("batch", c.c_uint), ("micro_batch", c.c_uint), ("sequences", c.c_uint),
                ("snapshots", c.c_uint), ("outputs", c.c_uint), ("outputs_each", c.c_uint), ("threads", c.c_int),
                ("batch_threads", c.c_int), ("types", c.c_byte * 16), ("flash_attention", c.c_int),
                ("rope", c.c_byte * 48), ("key_type", c.c_int), ("value_type", c.c_int), ("after", c.c_byte * 48)]


class QuantizeParams(c.Structure):
    _fields_ = [("threads", c.c_int), ("file_type", c.c_int), ("after", c.c_byte * 56)]


class Batch(c.Structure):
    _fields_ = [("count", c.c_int), ("token", c.POINTER(c.c_int)), ("others", c.c_void_p * 4),
                ("output", c.POINTER(c.c_byte))]


class Message(c.Structure):
    _fields_ = [("role", c.c_char_p), ("content", c.c_char_p)]


P, I, S, B = c.c_void_p, c.c_int, c.c_char_p, c.c_bool
LOG = c.CFUNCTYPE(None, I, S, P)
# name: (what it returns, what it takes)
FUNCTIONS = {
    "version": (S, []), "backend_init": (None, []), "log_set": (None, [LOG, P]),
    "model_default_params": (ModelParams, []), "context_default_params": (ContextParams, []),
    "model_quantize_default_params": (QuantizeParams, []), "model_quantize": (c.c_uint, [S, S, P]),
    "model_load_from_file": (P, [S, ModelParams]), "model_free": (None, [P]), "model_get_vocab": (P, [P]),
    "model_chat_template": (S, [P, S]), "init_from_model": (P, [P, ContextParams]), "free": (None, [P]),
    "decode": (I, [P, Batch]), "get_logits_ith": (c.POINTER(c.c_float), [P, I]), "vocab_n_tokens": (I, [P]),
    "vocab_get_text": (S, [P, I]), "vocab_get_attr": (I, [P, I]), "vocab_is_eog": (B, [P, I]), "vocab_bos": (I, [P]),
    "vocab_eos": (I, [P]), "vocab_eot": (I, [P]), "vocab_get_add_bos": (B, [P]),
    "tokenize": (I, [P, S, I, c.POINTER(I), I, B, B]), "token_to_piece": (I, [P, I, S, I, I, B]),
    "chat_apply_template": (I, [S, c.POINTER(Message), c.c_size_t, B, S, I]),
    "chat_builtin_templates": (I, [c.POINTER(S), c.c_size_t]),
}
SAID = []


@LOG
def heard(level, text, _):
    if level >= WARNING and text:
        SAID.append(text.decode(errors="replace").strip())


def reason() -> str:
    return SAID[0] if SAID else "it gives no reason"


def folder() -> str:
    """ORCHESTRATOR_LLAMA_DIR, or what a build of this checkout fetched: the CPU's before a GPU's."""
    built = sorted(glob.glob(os.path.join(NATIVES, "*", "")), key=lambda f: (len(f), f))
    chosen = os.environ.get(FOLDER) or (built[0] if built else "")
    if not glob.glob(os.path.join(chosen or NATIVES, "libllama.*")):
        raise Refusal(f"no libllama in '{chosen or NATIVES}': build once (dotnet build src/LlamaCpp), or set {FOLDER} "
                      f"to a folder with the shared libraries of llama.cpp {VERSION}")
    return chosen


@functools.lru_cache(None)
def library():
    """All functions by their names without llama_; ggml and ggml_base as they are."""
    os.environ["GGML_NO_BACKTRACE"] = "1"
    where = os.path.abspath(folder())
    llama, ggml, base = (c.CDLL(next(f for f in sorted(glob.glob(os.path.join(where, pattern)), key=len)))
                         for pattern in ("libllama.*", "libggml.*", "libggml-base.*"))
    out = type("Library", (), {"llama": llama, "ggml": ggml, "base": base})()
    for name, (result, takes) in FUNCTIONS.items():
        function = getattr(llama, "llama_" + name)
        function.restype, function.argtypes = result, takes
        setattr(out, name, function)
        if name == "version" and (found := function().decode().split("-")[0]) != VERSION:
            raise Refusal(f"'{where}' has llama.cpp {found}; the service and this need {VERSION}")
    out.log_set(heard, None)
    ggml.ggml_backend_load_all_from_path(where.encode())
    out.backend_init()
    return out


class Model:
    """A file as llama.cpp has it: with its weights, or with its vocabulary alone."""

    def __init__(self, path: str, vocabulary_only: bool):
        self.library = library()
        params = self.library.model_default_params()
        params.gpu_layers, params.vocabulary_only = 0, vocabulary_only
        SAID.clear()
        self.address = self.library.model_load_from_file(path.encode(), params)
        if not self.address:
            raise Refusal(f"llama.cpp does not load '{path}': {reason()}")
        self.vocabulary = self.library.model_get_vocab(self.address)
        self.size = self.library.vocab_n_tokens(self.vocabulary)

    def __del__(self):
        if getattr(self, "address", None):
            self.library.model_free(self.address)

    def logits(self, tokens) -> np.ndarray:
        """[T,V], with a cache of fp32."""
        params, count = self.library.context_default_params(), len(tokens)
        params.context = params.batch = params.micro_batch = params.outputs = count
        params.threads = params.batch_threads = 1
        params.flash_attention = params.key_type = params.value_type = 0
        context = self.library.init_from_model(self.address, params)
        batch = Batch(count, (I * count)(*tokens), (P * 4)(), (c.c_byte * count)(*[1] * count))
        try:
            if not context or self.library.decode(context, batch):
                raise Refusal(f"llama.cpp does not decode: {reason()}")
            rows = [np.ctypeslib.as_array(self.library.get_logits_ith(context, i), (self.size,)) for i in range(count)]
            return np.stack(rows)
        finally:
            self.library.free(context)
