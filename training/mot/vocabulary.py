"""The tokens and the chat form of any GGUF file, as the service has them (src/LlamaCpp/Prompts): contents are put into
the template as stand-ins and never read as its markers; markers are looked for in the template's own text alone."""
import ctypes as c
import functools

from gguf_reader import Refusal
from mot import native

# Bits of llama_token_attr.
UNKNOWN, CONTROL, USER_DEFINED, STRIPS_LEFT, STRIPS_RIGHT = 1, 8, 16, 256, 512
MARK = "\1"
# What templates that trim take away, C's isspace; and what .NET calls white space.
TRIMMED = " \t\n\v\f\r"
WHITE = TRIMMED + "\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200b))) + "\u2028\u2029\u202f\u205f\u3000"


class Vocabulary:
    def __init__(self, path: str, template: str = ""):
        """`template`: one of those that llama.cpp has built in, by name; else the file's own."""
        self.model = native.Model(path, vocabulary_only=True)
        self.library, self.address, self.size = self.model.library, self.model.vocabulary, self.model.size
        own, tokens = self.library.model_chat_template(self.model.address, None), range(self.size)
        allowed = f"give --template NAME=ONE of {', '.join(self.templates())}, and the service the same chat_template"
        if template and template not in self.templates():
            raise Refusal(f"'{template}' is no chat template of llama.cpp for '{path}': {allowed}")
        self.template = template.encode() or own
        if not self.template or self.render("x") is None:
            raise Refusal(f"'{path}' has no chat template that llama.cpp knows: {allowed}")
        self.trims = f" {MARK} " not in self.render(f" {MARK} ")
        marked = ((t, self.library.vocab_get_attr(self.address, t)) for t in tokens)
        special = [(t, self.library.vocab_get_text(self.address, t).decode(errors="replace"), bits)
                   for t, bits in marked if bits & (UNKNOWN | CONTROL | USER_DEFINED)]
        self.special = sorted((s for s in special if s[1]), key=lambda s: -len(s[1]))
        self.ends = {t for t in tokens if self.library.vocab_is_eog(self.address, t)}
        turn, text = self.library.vocab_eot(self.address), self.library.vocab_eos(self.address)
        self.end = turn if turn >= 0 else text
        if self.end < 0:
            raise Refusal(f"'{path}' has no token that ends a reply (tokenizer.ggml.eos_token_id or eot_token_id)")
        begin = self.library.vocab_bos(self.address)
        self.begin = begin if self.library.vocab_get_add_bos(self.address) and 0 <= begin < self.size else None

    def templates(self):
        names = (c.c_char_p * self.library.chat_builtin_templates(None, 0))()
        self.library.chat_builtin_templates(names, len(names))
        return sorted(n.decode() for n in names)

    def render(self, content: str):
        """One message of a user and the opening of the reply; none where llama.cpp does not know the template."""
        message = native.Message(b"user", content.encode())
        size = self.library.chat_apply_template(self.template, message, 1, True, None, 0)
        if size < 0:
            return None
        text = c.create_string_buffer(size + 1)
        self.library.chat_apply_template(self.template, message, 1, True, text, size)
        return text.raw[:size].decode()

    def encode(self, text: str):
        """Without markers, and without what the model wants around a text."""
        raw = text.encode()
        if not raw:
            return []
        room = len(raw) + 8
        while True:
            tokens = (c.c_int * room)()
            count = self.library.tokenize(self.address, raw, len(raw), tokens, room, False, False)
            if count >= 0:
                return tokens[:count]
            room = -count

    @functools.lru_cache(None)  # noqa: B019  (a vocabulary lives as long as its run)
    def piece(self, token: int) -> bytes:
        room = 64
        while True:
            text = c.create_string_buffer(room)
            size = self.library.token_to_piece(self.address, token, text, room, 0, False)
            if size >= 0:
                return text.raw[:size]
            room = -size

    def decode(self, ids) -> str:
        return b"".join(map(self.piece, ids)).decode(errors="replace")

    def prompt(self, question: str):
        before, index, after = self.render(f"{MARK}0{MARK}").split(MARK)
        assert index == "0"
        content = question.strip(TRIMMED) if self.trims else question
        tokens, text, strip = [], "", False

        def flush(at_end: bool):
            nonlocal text, strip
            text = text.lstrip(WHITE) if strip else text
            tokens.extend(self.encode(text.rstrip(WHITE) if at_end else text))
            text, strip = "", False

        for part, is_template in ((before, True), (content, False), (after, True)):
            while is_template and (found := self.first(part)):
                at, (token, marker, bits) = found
                text += part[:at]
                flush(bool(bits & STRIPS_LEFT))
                tokens.append(token)
                strip, part = bool(bits & STRIPS_RIGHT), part[at + len(marker):]
            text += part
        flush(False)
        # Some templates spell the first token out.
        return tokens if self.begin is None or tokens[:1] == [self.begin] else [self.begin, *tokens]

    def first(self, text: str):
        """(where, marker): the earliest and there the longest."""
        found = [(text.find(s[1]), i) for i, s in enumerate(self.special) if s[1] in text]
        at, i = min(found, default=(None, None))
        return None if at is None else (at, self.special[i])
